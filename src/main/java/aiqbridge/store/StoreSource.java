package aiqbridge.store;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The pool of the bridge's own database, as everybody gets it: its failures are known as ours ({@link StoreFault}), and what was given up is rolled back already. */
final class StoreSource extends DelegatingDataSource implements AutoCloseable {
    private final HikariDataSource pool;

    StoreSource(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return given(pool.getConnection());
        } catch (SQLException e) {
            throw StoreFault.marked(e);
        }
    }

    private static Connection given(Connection pooled) {
        return (Connection) Proxy.newProxyInstance(
                StoreSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, values) -> {
                    if (method.getName().equals("rollback") && values == null && pooled.isClosed()) {
                        // thrown away, and its transaction with it; the failure to be told is the one that came first
                        return null;
                    }
                    try {
                        return method.invoke(pooled, values);
                    } catch (InvocationTargetException e) {
                        throw StoreFault.marked(e.getCause());
                    }
                });
    }

    boolean isClosed() {
        return pool.isClosed();
    }

    @Override
    public void close() {
        pool.close();
    }
}
