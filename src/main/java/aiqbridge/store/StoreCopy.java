package aiqbridge.store;

import aiqbridge.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A copy of the bridge's own database as it is at this moment, in an SQLite file that only its owner can read and that is gone when it is closed. */
public final class StoreCopy implements AutoCloseable {
    /** What no flow needs to go on; the largest tables are among these. */
    private static final List<String> LEFT_OUT = List.of(
            "flyway_schema_history",
            "inbox",
            "consent",
            "audit",
            "ledger_day",
            "ledger_seal",
            "attempt",
            "reconcile_run",
            "reconcile_difference",
            "sale_change",
            "request_limit",
            "pin_sent",
            "wrong_code",
            "wallet_session");

    private static final int BATCH = 500;
    private final Path folder;
    private final Store store;
    private final Settings settings;

    private StoreCopy(Path folder, Store store, Settings settings) {
        this.folder = folder;
        this.store = store;
        this.settings = settings;
    }

    public static StoreCopy of(Store original, Settings settings) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiq-bridge-copy");
            Path file = folder.resolve("bridge.db");
            if (original.dialect().equals("sqlite")) {
                new JdbcTemplate(original.source()).update("vacuum into ?", file.toString());
            }
            Properties values = settings.asProperties();
            values.setProperty("store.url", "jdbc:sqlite:" + file);
            Settings own = Settings.of(values);
            Store store = Store.open(own, folder, false);
            if (!original.dialect().equals("sqlite")) {
                fill(store, original);
            }
            return new StoreCopy(folder, store, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    public Store store() {
        return store;
    }

    /** The settings, with this database. */
    public Settings settings() {
        return settings;
    }

    /** All tables as of one moment; the guards come back afterwards, as they refuse rows that are born in a later state. */
    private static void fill(Store copy, Store original) {
        JdbcTemplate to = new JdbcTemplate(copy.source()), from = new JdbcTemplate(original.source());
        List<Map<String, Object>> guards =
                to.queryForList("select name, sql from sqlite_master where type = 'trigger'");
        to.execute("pragma foreign_keys = off");
        guards.forEach(guard -> to.execute("drop trigger " + guard.get("name")));
        TransactionTemplate moment = new TransactionTemplate(new DataSourceTransactionManager(original.source()));
        moment.setReadOnly(true);
        moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        moment.executeWithoutResult(status -> to
                .queryForList(
                        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
                        String.class)
                .stream()
                .filter(table -> !LEFT_OUT.contains(table))
                .forEach(table -> fill(table, to, from)));
        guards.forEach(guard -> to.execute((String) guard.get("sql")));
        to.execute("pragma foreign_keys = on");
    }

    private static void fill(String table, JdbcTemplate to, JdbcTemplate from) {
        from.setFetchSize(BATCH);
        to.update("delete from " + table);
        List<String> columns = to.queryForList("select name from pragma_table_info('" + table + "')", String.class);
        String insert = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        List<Object[]> rows = new ArrayList<>();
        from.query("select " + String.join(", ", columns) + " from " + table, row -> {
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getObject(i + 1);
            }
            rows.add(values);
            if (rows.size() == BATCH) {
                to.batchUpdate(insert, rows);
                rows.clear();
            }
        });
        to.batchUpdate(insert, rows);
    }

    @Override
    public void close() {
        store.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
