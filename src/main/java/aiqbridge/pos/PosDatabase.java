package aiqbridge.pos;

import aiqbridge.StartRefused;
import aiqbridge.connection.PosConnection;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A polite guest in a till's database: two connections, opened when needed, read-only unless the points are written back. */
public final class PosDatabase {
    private PosDatabase() {}

    /** @param longest how long a statement may take; on PostgreSQL it also holds while a statement is prepared, where JDBC's own time-out does not; on MariaDB waiting for a table that is being changed is limited to it then */
    public static HikariDataSource of(PosConnection connection, Duration longest) {
        return pool(
                "pos-" + connection.name(),
                connection,
                connection.username(),
                connection.password(),
                !connection.writeBack(),
                longest);
    }

    /** The same with the login that sees the till's request table and nothing else. */
    public static HikariDataSource ofRequests(PosConnection connection, Duration longest) {
        return pool(
                "pos-requests-" + connection.name(),
                connection,
                connection.requestsUsername(),
                connection.requestsPassword(),
                false,
                longest);
    }

    private static HikariDataSource pool(
            String name,
            PosConnection connection,
            String username,
            String password,
            boolean readOnly,
            Duration longest) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(connection.jdbcUrl());
        pool.setUsername(username);
        pool.setPassword(password);
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(60_000);
        pool.setConnectionTimeout(10_000);
        pool.setInitializationFailTimeout(-1);
        TillTls.options(connection).forEach(pool::addDataSourceProperty);
        pool.setReadOnly(readOnly && !connection.engine().equals("sqlite"));
        if (connection.engine().equals("sqlite")) {
            // read and write, an address with options, and no new file where the till's is gone
            pool.addDataSourceProperty("open_mode", Integer.toString(0x02 | 0x40));
        } else if (connection.engine().equals("postgresql")) {
            pool.setConnectionInitSql("set statement_timeout = " + longest.toMillis());
            // a text that the make does not cut must not take the memory of all tills
            pool.addDataSourceProperty("maxResultBuffer", "64M");
        } else if (connection.engine().equals("mariadb")) {
            // a server may cut what group_concat gives, without a word: notes, and what tells sales apart
            pool.setConnectionInitSql("set session group_concat_max_len = 1048576, lock_wait_timeout = "
                    + Math.max(1, longest.toSeconds()));
        }
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw new StartRefused(
                    "The jdbc.url of connection " + connection.name() + " cannot be used.",
                    "For example: jdbc.url = jdbc:postgresql://till-server:5432/till");
        }
    }
}
