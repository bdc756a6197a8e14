package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.apache.shardingsphere.sql.parser.autogen.SQLServerStatementLexer;
import org.apache.shardingsphere.sql.parser.autogen.SQLServerStatementParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What SQL Server would be asked to run, as far as that can be tried without a server: its grammar takes it, and a database that imitates it runs it. */
class SqlServerTest {
    private static final Path POS = Path.of("routes/pos");
    private static final String LOGIN = "aiq_reader";
    private JdbcTemplate owner;

    /** Every statement of the makes that are on SQL Server, and every other file that is named after it. */
    static List<String> files() throws IOException {
        PosMakes makes = new PosMakes(Path.of(""));
        Stream<String> ofMakes = Stream.of("view", "rms")
                .flatMap(make -> Stream.of("sales", "reversals", "write-back", "owner")
                        .flatMap(name -> makes.file(make, "sqlserver", name).stream()));
        try (Stream<Path> all = Files.walk(POS)) {
            Stream<String> named = all.filter(f -> f.toString().endsWith(".sqlserver.sql"))
                    .map(f -> POS.relativize(f).toString());
            return Stream.of(ofMakes, named, Stream.of("no-sales.sql", "no-reversals.sql"))
                    .flatMap(s -> s)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** As the driver sends it. */
    static List<String> batches(String file) throws IOException {
        String text = Files.readAllLines(POS.resolve(file)).stream()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Stream.of(text.replace("{login}", LOGIN).split("(?m)^go$"))
                .map(String::strip)
                .toList();
    }

    static List<String> statements(String batch) {
        return Stream.of(batch.split("(?<=;)(?=\\s)"))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    /** What SQL Server's grammar has against a statement. */
    private static List<String> wrongWith(String statement) {
        List<String> wrong = new ArrayList<>();
        BaseErrorListener listener = new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object symbol,
                    int line,
                    int column,
                    String message,
                    RecognitionException e) {
                wrong.add(line + ":" + column + " " + message);
            }
        };
        SQLServerStatementLexer lexer =
                new SQLServerStatementLexer(CharStreams.fromString(statement.replaceAll(":#\\w+", "?")));
        SQLServerStatementParser parser = new SQLServerStatementParser(new CommonTokenStream(lexer));
        lexer.removeErrorListeners();
        lexer.addErrorListener(listener);
        parser.removeErrorListeners();
        parser.addErrorListener(listener);
        parser.execute();
        return wrong;
    }

    @ParameterizedTest
    @MethodSource("files")
    void its_grammar_takes_every_statement(String file) throws IOException {
        for (String batch : batches(file)) {
            List<String> statements = statements(batch);
            for (String statement : statements) {
                assertThat(wrongWith(statement)).as(statement).isEmpty();
                assertThat(statement.startsWith("create view") && statements.size() > 1)
                        .as("a view is the only statement of its batch: write go after it")
                        .isFalse();
                assertThat(statement.startsWith("merge") && !statement.endsWith(";"))
                        .as("a merge ends with a semicolon")
                        .isFalse();
            }
        }
    }

    @Test
    void no_statement_was_left_out() throws IOException {
        assertThat(files())
                .contains(
                        "now.sqlserver.sql",
                        "no-sales.sql",
                        "no-reversals.sql",
                        "rms/owner.sqlserver.sql",
                        "rms/sales.sql",
                        "rms/write-back.sqlserver.sql",
                        "view/owner.sqlserver.sql",
                        "view/reversals.sql",
                        "view/sales.sql",
                        "view/write-back.sqlserver.sql");
    }

    /** The check can fail: other databases' ways, and slips. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select transaction_id from aiq_sales order by completed_at limit 500",
                "insert into aiq_points (transaction_id, points) values (:#transaction_id, :#points) on conflict (transaction_id) do update set points = excluded.points",
                "insert into aiq_points (transaction_id, points) values (:#transaction_id, :#points) on duplicate key update points = values(points)",
                "select cast(extract(epoch from now()) as bigint) as now",
                "select id::text from aiq_sales",
                "select transaction_id from aiq_sales wher completed_at > :#since",
                "merge into aiq_points as p using (select :#transaction_id as transaction_id) as s when matched then update set points = 1;",
                "create role aiq_reader login password 'x'",
                "create user 'aiq_reader'@'%' identified by 'x'"
            })
    void its_grammar_refuses_what_others_say(String statement) {
        assertThat(wrongWith(statement)).isNotEmpty();
    }

    // what H2 knows of it

    @BeforeEach
    void tillOfTheOwner() throws IOException {
        owner = new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MSSQLServer;DB_CLOSE_DELAY=-1"));
        owner.execute("create table customer (id bigint identity primary key, phone varchar(40), email varchar(100))");
        owner.execute(
                "create table sale (id varchar(40) primary key, completed_at datetime2, voided_at datetime2, total decimal(14,2), customer_id bigint, comment varchar(200), cashier varchar(40), state varchar(20))");
        for (String batch : batches("view/owner.sqlserver.sql")) {
            for (String statement : statements(batch)) {
                // H2 has no logins
                if (!statement.matches("(?s)(create (login|user)|grant) .*")) {
                    owner.execute(statement);
                }
            }
        }
    }

    static String text(String file) throws IOException {
        return String.join(";", batches(file)).replace(":#", ":");
    }

    private void rings(String id, LocalDateTime at, String state) {
        owner.update(
                "insert into sale (id, completed_at, voided_at, total, comment, cashier, state) values (?, ?, ?, 42.50, 'AIQ-7K3M9Q', 'kim', ?)",
                id,
                at,
                at,
                state);
    }

    private List<String> ids(String file, String bound, LocalDateTime since, String id) throws IOException {
        return new NamedParameterJdbcTemplate(owner)
                .queryForList(text(file), Map.of(bound, since, bound + "_id", id)).stream()
                        .map(row -> String.valueOf(row.get("transaction_id")))
                        .toList();
    }

    @Test
    void sales_and_reversals_go_on_after_the_bound_within_one_instant() throws IOException {
        LocalDateTime noon = LocalDateTime.parse("2026-11-25T12:00:00");
        for (String id : List.of("a", "b", "c")) {
            rings(id, noon, "completed");
            rings("v" + id, noon, "voided");
        }
        rings("later", noon.plusSeconds(1), "completed");
        rings("before", noon.minusSeconds(1), "completed");
        rings("held", noon, "held");
        assertThat(ids("view/sales.sql", "since", noon, "")).containsExactly("a", "b", "c", "later");
        assertThat(ids("view/sales.sql", "since", noon, "b")).containsExactly("c", "later");
        assertThat(ids("view/reversals.sql", "reversed_since", noon, "va")).containsExactly("vb", "vc");
        assertThat(ids("no-sales.sql", "since", noon, "")).isEmpty();
        assertThat(ids("no-reversals.sql", "since", noon, "")).isEmpty();
    }

    @Test
    void the_view_gives_every_alias() throws IOException {
        rings("a", LocalDateTime.parse("2026-11-25T12:00:00"), "completed");
        Map<String, Object> sale = new NamedParameterJdbcTemplate(owner)
                .queryForList(
                        text("view/sales.sql"),
                        Map.of("since", LocalDateTime.parse("2026-11-25T11:00:00"), "since_id", ""))
                .get(0);
        assertThat(sale.keySet().stream().map(String::toLowerCase))
                .containsExactlyInAnyOrder(
                        "transaction_id",
                        "completed_at",
                        "total",
                        "location",
                        "phone",
                        "email",
                        "customer_id",
                        "note",
                        "discount_ids",
                        "discount_total",
                        "employee");
    }

    @Test
    void the_points_are_written_once_per_sale_and_taken_back() throws IOException {
        for (String points : List.of("100", "100", "0")) {
            Map<String, Object> row = new HashMap<>(Map.of("transaction_id", "a", "points", new BigDecimal(points)));
            new NamedParameterJdbcTemplate(owner).update(text("view/write-back.sqlserver.sql"), row);
            assertThat(owner.queryForList("select points from aiq_points", BigDecimal.class))
                    .singleElement()
                    .satisfies(p -> assertThat(p).isEqualByComparingTo(points));
        }
    }
}
