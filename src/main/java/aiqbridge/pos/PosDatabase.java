package aiqbridge.pos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A polite guest in a till's database: two connections, opened when needed, read-only unless the points are written back. */
public final class PosDatabase {
    private PosDatabase() { }

    public static HikariDataSource of(PosConnection connection) {
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
        return new HikariDataSource(pool);
    }
}
