package aiqbridge.store;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.support.processor.DelegateProcessor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The bridge's own database fails under its pool, as the drivers say it, once in the first transaction of each transacted route. */
final class FaultyStore {
    /** Where a transaction fails. */
    enum Fault {
        /** It does not begin: somebody's lock, a server that is away. */
        BEGIN,
        /** Nothing can be written, and the rollback fails too: a file or a server that may only be read. */
        WRITE,
        /** The same where something of the transaction is written already. */
        SECOND_WRITE,
        /** The disk is full when it is committed: nothing of it is there. */
        COMMIT,
        /** It is committed, and the connection is lost before that is heard. */
        COMMITTED_UNHEARD,
        /** PostgreSQL ends its server process before the commit. */
        TERMINATED
    }

    private final Fault fault;
    private final boolean sqlite;
    private final JdbcTemplate server;
    private final ThreadLocal<String> route = new ThreadLocal<>();
    private final Set<String> any = new ConcurrentSkipListSet<>();
    private final Set<String> several = new ConcurrentSkipListSet<>();
    private final Set<String> failed = new ConcurrentSkipListSet<>();

    /** @param server another way into PostgreSQL, for which nothing fails; null on SQLite */
    FaultyStore(Fault fault, JdbcTemplate server) {
        this.fault = fault;
        this.server = server;
        this.sqlite = server == null;
    }

    /** The routes whose transaction could have failed so. */
    Set<String> couldFail() {
        return fault == Fault.SECOND_WRITE ? several : any;
    }

    /** The routes whose transaction has failed. */
    Set<String> failed() {
        return failed;
    }

    /** From here on, and for routes that are made from here on. */
    void under(Store store, CamelContext camel) throws Exception {
        camel.getCamelContextExtension().addInterceptStrategy((context, step, target, next) -> {
            if (!(step instanceof TransactedDefinition)) {
                return target;
            }
            String id = ProcessorDefinitionHelper.getRoute((ProcessorDefinition<?>) step)
                    .getRouteId();
            return new DelegateProcessor(target) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    String before = route.get();
                    route.set(id);
                    try {
                        super.process(exchange);
                    } finally {
                        route.set(before);
                    }
                }
            };
        });
        Object pool = field(store.source(), "pool");
        Object connections = field(pool, "pool");
        Field source = accessible(connections.getClass().getSuperclass(), "dataSource");
        source.set(connections, new DelegatingDataSource((DataSource) source.get(connections)) {
            @Override
            public Connection getConnection() throws SQLException {
                return failing(super.getConnection());
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return failing(super.getConnection(username, password));
            }
        });
        ((com.zaxxer.hikari.HikariDataSource) pool).getHikariPoolMXBean().softEvictConnections();
    }

    private static Object field(Object of, String name) throws Exception {
        return accessible(of.getClass(), name).get(of);
    }

    private static Field accessible(Class<?> type, String name) throws Exception {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private Connection failing(Connection real) {
        boolean[] broken = {false};
        int[] statements = {0};
        return (Connection) Proxy.newProxyInstance(
                FaultyStore.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, values) -> {
                    String name = method.getName();
                    if (broken[0] && name.equals("rollback")) {
                        real.close();
                        throw sqlite
                                ? new SQLException("[SQLITE_IOERR] disk I/O error", null, 10)
                                : new SQLException("An I/O error occurred while sending to the backend.", "08006");
                    }
                    boolean begins = name.equals("setAutoCommit") && Boolean.FALSE.equals(values[0]);
                    boolean writes = name.equals("prepareStatement");
                    boolean commits = name.equals("commit");
                    if (begins && now(Fault.BEGIN)) {
                        real.close();
                        throw sqlite
                                ? new SQLException("[SQLITE_BUSY] The database file is locked", "08006", 5)
                                : new SQLException("This connection has been closed.", "08003");
                    }
                    if (begins) {
                        statements[0] = 0;
                    }
                    if (writes && route.get() != null) {
                        (++statements[0] == 1 ? any : several).add(route.get());
                    }
                    if (writes && (now(Fault.WRITE) || statements[0] > 1 && now(Fault.SECOND_WRITE))) {
                        broken[0] = true;
                        throw sqlite
                                ? new SQLException("[SQLITE_READONLY] attempt to write a readonly database", null, 8)
                                : new SQLException("cannot execute INSERT in a read-only transaction", "25006");
                    }
                    if (commits && now(Fault.COMMIT)) {
                        real.rollback();
                        real.close();
                        throw sqlite
                                ? new SQLException("[SQLITE_FULL] database or disk is full", "08006", 13)
                                : new SQLException("could not extend file: No space left on device", "53100");
                    }
                    if (commits && now(Fault.COMMITTED_UNHEARD)) {
                        real.commit();
                        real.close();
                        throw sqlite
                                ? new SQLException("[SQLITE_IOERR] disk I/O error", "08006", 10)
                                : new SQLException("An I/O error occurred while sending to the backend.", "08006");
                    }
                    if (commits && now(Fault.TERMINATED)) {
                        server.queryForObject("select pg_terminate_backend(?, 5000)", Boolean.class, process(real));
                    }
                    try {
                        return method.invoke(real, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static int process(Connection real) throws SQLException {
        try (Statement asks = real.createStatement();
                ResultSet row = asks.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private boolean now(Fault wanted) {
        return fault == wanted && route.get() != null && failed.add(route.get());
    }
}
