package aiqbridge.store;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Secrets;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The bridge's own database: SQLite in one file, or PostgreSQL. Opening it brings its tables up to date. */
public final class Store implements AutoCloseable {
    /** Longer than a lock is waited for. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    private final StoreSource source;
    private final String dialect;
    private final FileChannel lock;
    private final OnlyBridge only;
    private final StoreProbe probe;

    private Store(StoreSource source, String dialect, FileChannel lock, OnlyBridge only, StoreProbe probe) {
        this.source = source;
        this.dialect = dialect;
        this.lock = lock;
        this.only = only;
        this.probe = probe;
    }

    /**
     * @param exclusive take the lock that keeps a second bridge off the same database; commands beside a running bridge do without
     * @throws StartRefused when the database cannot be reached or another bridge holds it
     */
    public static Store open(Settings settings, Path home, boolean exclusive) {
        String url = settings.text("store.url");
        Path file = file(settings, home);
        if (file != null) {
            FileChannel lock = exclusive ? lock(file) : null;
            SqliteSource files = new SqliteSource(file, settings.duration("store.busy-timeout"));
            StoreSource source = migrated(sqlite(file, files), "sqlite", "integer primary key autoincrement");
            return new Store(
                    source,
                    "sqlite",
                    lock,
                    null,
                    new StoreProbe(source, () -> files.connection(StoreProbe.PATIENCE), files::writing));
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return postgresql(settings, url, exclusive);
        }
        throw new StartRefused(
                "The setting store.url = " + url + " is neither SQLite nor PostgreSQL.",
                "For example: store.url = jdbc:sqlite:data/bridge.db");
    }

    private static Store postgresql(Settings settings, String url, boolean exclusive) {
        OnlyBridge only = exclusive ? new OnlyBridge(apart(settings, url, LOCK_PATIENCE)) : null;
        StoreSource source = null;
        try {
            if (only != null) {
                refuseSecond(only, url);
            }
            source = migrated(
                    postgresql(settings, url), "postgresql", "bigint generated always as identity primary key");
            if (only != null) {
                only.orRefuse(url);
            }
            return new Store(
                    source,
                    "postgresql",
                    null,
                    only,
                    new StoreProbe(source, apart(settings, url, StoreProbe.PATIENCE), () -> false));
        } catch (SQLException | RuntimeException e) {
            if (source != null) {
                source.close();
            }
            if (only != null) {
                only.close();
            }
            throw e instanceof RuntimeException refused
                    ? refused
                    : new StartRefused(
                            "The bridge's own database cannot be opened: " + rootMessage(e),
                            "It was reached a moment ago; start again.");
        }
    }

    /** Before anything is changed; a server that cannot be reached says why when the tables are looked at. */
    private static void refuseSecond(OnlyBridge only, String url) {
        try {
            only.orRefuse(url);
        } catch (SQLException away) {
            // asked again afterwards
        }
    }

    public DataSource source() {
        return source;
    }

    /** Whether no other bridge works on it, as far as can be seen at present. */
    public boolean alone() {
        try {
            return only == null || only.held();
        } catch (SQLException away) {
            return true;
        }
    }

    /** Whether it can be written to at present. */
    public StoreProbe probe() {
        return probe;
    }

    /** The SQLite file of these settings, null for PostgreSQL. */
    public static Path file(Settings settings, Path home) {
        String url = settings.text("store.url");
        return url.startsWith("jdbc:sqlite:") ? home.resolve(url.substring("jdbc:sqlite:".length())) : null;
    }

    /** {@code sqlite} or {@code postgresql}: the part of a file name where a statement has a twin. */
    public String dialect() {
        return dialect;
    }

    /** Transactions that may be written side by side. */
    public int writers() {
        return dialect.equals("sqlite") ? 1 : 4;
    }

    /**
     * SQLite only: all that is committed now, in a file that only its owner reads.
     *
     * @throws StartRefused when there is such a file, or it cannot be written
     */
    public void copyTo(Path file) {
        try {
            Secrets.createForOwner(file);
            new JdbcTemplate(source).update("vacuum into ?", file.toString());
        } catch (IOException | DataAccessException e) {
            throw new StartRefused(
                    "The database cannot be copied to " + file + ".",
                    "The file must not be there yet; is the disk full, the folder writable?");
        }
    }

    private static HikariConfig sqlite(Path file, SqliteSource files) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                Secrets.createForOwner(file);
            }
        } catch (FileAlreadyExistsException e) {
            // another process was faster
        } catch (IOException e) {
            throw new StartRefused(
                    "The folder of the database " + file + " cannot be made.",
                    "Give the bridge a folder it may write to: store.url = jdbc:sqlite:<file>");
        }
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(files);
        pool.setMaximumPoolSize(1);
        pool.setExceptionOverride(override(SqliteSource::verdict));
        return pool;
    }

    private static HikariConfig postgresql(Settings settings, String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setUsername(settings.text("store.username"));
        pool.setPassword(settings.asProperties().getProperty(Settings.STORE_PASSWORD, ""));
        pool.setMaximumPoolSize(settings.number("store.pool"));
        pool.setExceptionOverride(override(failed -> SQLExceptionOverride.Override.CONTINUE_EVICT));
        return pool;
    }

    /** Not from the pool, which may be what is stuck; each step of it ends in seconds. */
    private static StoreProbe.Connections apart(Settings settings, String url, Duration patience) {
        Properties login = new Properties();
        login.setProperty("user", settings.text("store.username"));
        login.setProperty("password", settings.asProperties().getProperty(Settings.STORE_PASSWORD, ""));
        for (String bounded : List.of("loginTimeout", "connectTimeout", "socketTimeout")) {
            login.setProperty(bounded, Long.toString(patience.toSeconds()));
        }
        return () -> DriverManager.getConnection(url, login);
    }

    /** Hikari asks about every failure of a connection or a statement: the one place where they can be marked as ours. */
    private static SQLExceptionOverride override(Function<SQLException, SQLExceptionOverride.Override> verdict) {
        return new SQLExceptionOverride() {
            @java.lang.Override
            public Override adjudicate(SQLException failed) {
                return verdict.apply(StoreFault.marked(failed));
            }
        };
    }

    private static StoreSource migrated(HikariConfig pool, String dialect, String identity) {
        pool.setPoolName("store");
        pool.setConnectionTimeout(10_000);
        StoreSource source = null;
        try {
            source = new StoreSource(new HikariDataSource(pool));
            Flyway.configure(Store.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:store/common", "classpath:store/" + dialect)
                    .failOnMissingLocations(true)
                    .placeholders(Map.of("identity", identity))
                    .load()
                    .migrate();
            return source;
        } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
            if (source != null) {
                source.close();
            }
            throw new StartRefused(
                    "The bridge's own database cannot be opened: " + rootMessage(e),
                    "Look at store.url, store.username and STORE_PASSWORD; is the server up, the disk full, the folder writable, the file locked by another program? Look into it read-only: sqlite3 -readonly <file> \"select …\"");
        }
    }

    private static FileChannel lock(Path file) {
        Path beside = Path.of(file + ".lock");
        try {
            Files.createDirectories(beside.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
            channel.close();
        } catch (IOException | OverlappingFileLockException e) {
            // said below
        }
        throw new StartRefused(
                "Another bridge works on " + file + ".",
                "Stop it first, or give this one its own database: store.url = jdbc:sqlite:<file>");
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String known = root instanceof SQLException sql ? StoreProbe.known(sql) : null;
        return known != null
                ? known
                : String.valueOf(root.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .trim();
    }

    @Override
    public void close() {
        source.close();
        if (only != null) {
            only.close();
        }
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // the process ends anyway, and the lock with it
        }
    }
}
