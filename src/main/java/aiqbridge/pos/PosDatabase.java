package aiqbridge.pos;

import aiqbridge.StartRefused;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A polite guest in a till's database: two connections, opened when needed, read-only unless the points are written back. */
public final class PosDatabase {
    private PosDatabase() { }

    /** @param longest how long a statement may take; on PostgreSQL it also holds while a statement is prepared, where JDBC's own time-out does not */
    public static HikariDataSource of(PosConnection connection, Duration longest) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("pos-" + connection.name());
        pool.setJdbcUrl(connection.jdbcUrl());
        pool.setUsername(connection.username());
        pool.setPassword(connection.password());
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(60_000);
        pool.setConnectionTimeout(10_000);
        pool.setInitializationFailTimeout(-1);
        pool.setReadOnly(!connection.writeBack() && !connection.engine().equals("sqlite"));
        if (connection.engine().equals("postgresql")) {
            pool.setConnectionInitSql("set statement_timeout = " + longest.toMillis());
        }
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw new StartRefused("The jdbc.url of connection " + connection.name() + " cannot be used.", "For example: jdbc.url = jdbc:postgresql://till-server:5432/till");
        }
    }
}
