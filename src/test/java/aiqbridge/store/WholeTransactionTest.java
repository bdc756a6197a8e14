package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import aiqbridge.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** On SQLite a statement is in the transaction that it belongs to, or it is not run, whatever failed before. */
class WholeTransactionTest {
    @TempDir
    Path folder;

    private Store store;
    private JdbcTemplate rows;
    private TransactionTemplate transaction;

    @BeforeEach
    void open() {
        Properties values = new Properties();
        values.putAll(Map.of("store.url", "jdbc:sqlite:" + file(), "store.busy-timeout", "50ms"));
        store = Store.open(Settings.of(values), folder, true);
        rows = new JdbcTemplate(store.source());
        transaction = new TransactionTemplate(new DataSourceTransactionManager(store.source()));
        rows.execute("create table note (text text not null)");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file() {
        return folder.resolve("bridge.db");
    }

    private void writes(String... texts) {
        transaction.executeWithoutResult(
                status -> List.of(texts).forEach(text -> rows.update("insert into note values (?)", text)));
    }

    private List<String> notes() {
        return rows.queryForList("select text from note order by rowid", String.class);
    }

    @Test
    void after_a_foreign_lock_everything_goes_on_at_once_and_each_transaction_is_whole() {
        try (ForeignLock lock = new ForeignLock(file())) {
            assertThat(lock.held()).isTrue();
            assertThatThrownBy(() -> writes("while locked"))
                    .isInstanceOf(TransactionException.class)
                    .satisfies(e -> assertThat(StoreFault.ours(e)).isTrue());
            assertThatThrownBy(() -> writes("while locked")).isInstanceOf(TransactionException.class);
            assertThatThrownBy(() -> rows.update("insert into note values ('while locked')"))
                    .isInstanceOf(DataAccessException.class);
            assertThat(notes()).as("reading goes on").isEmpty();
        }
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    rows.update("insert into note values ('half')");
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(notes()).isEmpty();
        writes("a", "b");
        assertThat(notes()).containsExactly("a", "b");
    }

    @Test
    void after_a_commit_the_lock_is_free_and_the_next_transaction_is_not_begun_unasked() throws SQLException {
        try (Connection one = store.source().getConnection()) {
            one.setAutoCommit(false);
            one.createStatement().execute("insert into note values ('kept')");
            one.commit();
            try (ForeignLock lock = new ForeignLock(file())) {
                assertThat(lock.held()).isTrue();
                assertThat(catchThrowable(() -> one.createStatement().execute("insert into note values ('next')")))
                        .as("its transaction cannot begin")
                        .isInstanceOf(SQLException.class);
            }
            assertThat(catchThrowable(() -> one.createStatement().execute("insert into note values ('later')")))
                    .as("left as taken")
                    .isInstanceOf(SQLException.class);
        }
        assertThat(notes()).containsExactly("kept");
    }

    @Test
    void a_statement_kept_from_before_the_commit_begins_a_transaction_of_its_own() throws SQLException {
        try (SqliteConnection one = new SqliteConnection(file().toString(), new AtomicInteger());
                PreparedStatement insert = one.prepareStatement("insert into note values (?)")) {
            one.setAutoCommit(false);
            insert.setString(1, "kept");
            insert.executeUpdate();
            one.commit();
            insert.setString(1, "rolled back");
            insert.executeUpdate();
            one.rollback();
            insert.setString(1, "never committed");
            insert.executeUpdate();
        }
        assertThat(notes()).containsExactly("kept");
    }

    @Test
    void when_the_disk_is_full_nothing_of_the_transaction_is_there_and_nothing_follows_it() {
        Throwable first = catchThrowable(() -> transaction.executeWithoutResult(status -> {
            rows.update("insert into note values ('before')");
            rows.queryForObject("pragma max_page_count = 1", Long.class);
            Throwable full = catchThrowable(() -> rows.update("insert into note values (hex(randomblob(100000)))"));
            assertThat(full).hasMessageContaining("SQLITE_FULL");
            assertThat(catchThrowable(() -> rows.update("insert into note values ('after')")))
                    .as("SQLite has rolled back by itself")
                    .isNotNull();
            throw new IllegalStateException("what failed");
        }));
        assertThat(first)
                .as("not hidden by a rollback that had nothing to do")
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("what failed");
        assertThat(notes()).isEmpty();
        writes("a");
        assertThat(notes()).containsExactly("a");
    }

    @Test
    void a_commit_that_fails_leaves_nothing_behind() {
        rows.execute("create table child (text text references parent (text) deferrable initially deferred)");
        rows.execute("create table parent (text text primary key)");
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(status -> rows.update("insert into child values ('orphan')")))
                .isInstanceOf(TransactionException.class);
        writes("a");
        assertThat(rows.queryForObject("select count(*) from child", Integer.class))
                .isZero();
    }

    private static void isGivenUp(Connection one, Throwable failed, int code) throws SQLException {
        assertThat(failed).isInstanceOf(SQLException.class).satisfies(e -> assertThat(((SQLException) e).getErrorCode())
                .isEqualTo(code));
        assertThat(one.isClosed()).as("left as taken").isTrue();
        assertThat(catchThrowable(() -> one.createStatement().execute("insert into note values ('after')")))
                .isInstanceOf(SQLException.class);
    }

    /** SQLite has ended the transaction by itself then; the full-text index writes its pages only when the transaction is committed. */
    @Test
    void a_commit_that_finds_the_disk_full_leaves_nothing_behind_and_nothing_follows_it() throws SQLException {
        rows.execute("create virtual table word using fts5 (text, content = '')");
        try (Connection one = store.source().getConnection();
                PreparedStatement insert = one.prepareStatement("insert into word (rowid, text) values (1, ?)")) {
            one.setAutoCommit(false);
            one.createStatement().execute("insert into note values ('before')");
            one.createStatement().execute("pragma max_page_count = 1");
            insert.setString(
                    1, IntStream.range(0, 20_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" ")));
            insert.executeUpdate();
            isGivenUp(one, catchThrowable(one::commit), 13);
        }
        assertThat(notes()).isEmpty();
        writes("a", "b");
        assertThat(notes()).containsExactly("a", "b");
    }

    @Test
    void a_transaction_whose_commit_finds_the_disk_full_tells_that_and_the_next_one_is_whole() {
        rows.execute("create virtual table word using fts5 (text, content = '')");
        Throwable failed = catchThrowable(() -> transaction.executeWithoutResult(status -> {
            rows.update("insert into note values ('before')");
            rows.execute("pragma max_page_count = 1");
            rows.update(
                    "insert into word (rowid, text) values (1, ?)",
                    IntStream.range(0, 20_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" ")));
        }));
        assertThat(failed)
                .isInstanceOf(TransactionException.class)
                .hasStackTraceContaining("SQLITE_FULL")
                .satisfies(e -> assertThat(StoreFault.ours(e)).isTrue());
        assertThat(notes()).isEmpty();
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    rows.update("insert into note values ('half')");
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(IllegalStateException.class);
        writes("a", "b");
        assertThat(notes()).containsExactly("a", "b");
    }

    /** SQLite keeps the transaction open then. That happens where readers stop a writer, in a file without WAL. */
    @Test
    void a_commit_that_finds_the_file_locked_leaves_nothing_behind_and_nothing_follows_it() throws SQLException {
        Path other = folder.resolve("other.db");
        AtomicInteger open = new AtomicInteger();
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement reads = reader.createStatement();
                Connection one = new SqliteConnection(other + "?busy_timeout=50", open)) {
            reads.execute("create table note (text text not null)");
            reads.execute("begin");
            reads.execute("select * from note");
            one.setAutoCommit(false);
            one.createStatement().execute("insert into note values ('before')");
            assertThat(open).hasValue(1);
            isGivenUp(one, catchThrowable(one::commit), 5);
            assertThat(open).as("open transactions of this process").hasValue(0);
            reads.execute("commit");
            try (Connection next = new SqliteConnection(other + "?busy_timeout=50", open)) {
                next.setAutoCommit(false);
                next.createStatement().execute("insert into note values ('half')");
                next.rollback();
                next.createStatement().execute("insert into note values ('a')");
                next.commit();
            }
            try (ResultSet kept = reads.executeQuery("select group_concat(text) from note")) {
                assertThat(kept.getString(1)).isEqualTo("a");
            }
        }
    }
}
