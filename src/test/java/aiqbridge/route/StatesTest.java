package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.route.MovingStatement.Move;
import aiqbridge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

class StatesTest {
    private static final Life REDEMPTION = Life.ALL.get(0);

    private final States states = States.read(TestBridge.HOME);

    @ParameterizedTest
    @MethodSource("aiqbridge.route.States#tables")
    void the_pictures_in_the_page_are_current(String table) throws IOException {
        assertThat(Files.readString(Path.of("routes/redemption/README.md")))
                .as("write what this prints: aiq-bridge routes %s --as states", table)
                .contains("```mermaid\n" + states.mermaid(table) + "```");
    }

    @ParameterizedTest
    @CsvSource({"redemption, ### 1.2, ### 1.3", "reversal, ## 4., ## 5."})
    void the_table_in_the_page_names_the_statements_that_make_each_transition(String table, String from, String to)
            throws IOException {
        String page = Files.readString(Path.of("routes/redemption/README.md"));
        for (MatchResult row : found(
                page.substring(page.indexOf("\n" + from), page.indexOf("\n" + to)),
                "(?m)^\\| ([A-Z, ]+) \\| ([A-Z, ]+) \\|.*\\| (.*) \\|$")) {
            Set<String> named = found(row.group(3), "`([\\w/-]+)[.][\\w.]*sql`").stream()
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
            Set<String> made = new TreeSet<>();
            for (String before : row.group(1).split(", ")) {
                for (String after : row.group(2).split(", ")) {
                    made.addAll(states.made(table).getOrDefault(new Move(before, after), Set.of()));
                }
            }
            made.removeIf(path -> named.removeIf(name -> path.equals(name) || path.endsWith("/" + name)));
            assertThat(named).as("they do not make %s", row.group()).isEmpty();
            assertThat(made).as("they make it too: %s", row.group()).isEmpty();
        }
    }

    @Test
    void what_moves_a_promise_stands_in_routes() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                for (MatchResult write :
                        found(Files.readString(source), "(update|insert into) (redemption|reversal|cart) [^\"]*")) {
                    for (Life life : Life.ALL) {
                        assertThat(MovingStatement.moves(life, write.group()))
                                .as("put it into a file: %s in %s", write.group(), source)
                                .isEmpty();
                    }
                }
            }
        }
    }

    /** What the database allows and no statement does is not needed: a migration takes it away, or this test says why it stays. */
    @Test
    void statements_make_the_moves_that_the_database_allows_and_no_other(@TempDir Path folder) {
        Properties settings = new Properties();
        settings.put("store.url", "jdbc:sqlite:" + folder.resolve("bridge.db"));
        settings.put("store.busy-timeout", "10s");
        try (Store store = Store.open(Settings.of(settings), folder, true)) {
            JdbcTemplate rows = new JdbcTemplate(store.source());
            for (String table : List.of("redemption", "reversal")) {
                Set<Move> allowed = new HashSet<>(rows.query(
                        "select from_status, to_status from " + table + "_transition",
                        (row, n) -> new Move(row.getString(1), row.getString(2))));
                words(trigger(rows, table + "_born"), "new.status not in \\(([^)]*)\\)")
                        .forEach(born -> allowed.add(new Move("[*]", born)));
                same(table, allowed);
            }
            Set<Move> allowed = new HashSet<>();
            for (MatchResult guard :
                    found(trigger(rows, "cart_sent_once"), "old.send_status (is null|= '\\w+') and [^)]*\\)")) {
                String from = guard.group(1).replaceAll("is null", "= '[*]'").replaceAll("[= ']", "");
                words(guard.group(), "new.send_status in \\(([^)]*)\\)").forEach(to -> allowed.add(new Move(from, to)));
            }
            same("cart", allowed);
        }
    }

    private void same(String table, Set<Move> allowed) {
        Map<Move, Set<String>> refused = new HashMap<>(states.made(table));
        refused.keySet().removeAll(allowed);
        assertThat(refused)
                .as("the database refuses it: these statements name too few of a %s's states, or wrong ones", table)
                .isEmpty();
        assertThat(states.made(table).keySet())
                .as("the database allows it and no statement does it")
                .containsAll(allowed);
    }

    private static String trigger(JdbcTemplate rows, String name) {
        return rows.queryForObject("select sql from sqlite_master where name = ?", String.class, name);
    }

    private static List<MatchResult> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }

    private static List<String> words(String text, String pattern) {
        return found(text, pattern).stream()
                .flatMap(list ->
                        Arrays.stream(list.group(1).replaceAll("['\\s]", "").split(",")))
                .toList();
    }

    @Test
    void a_statement_makes_the_same_moves_on_both_databases() {
        int twins = 0;
        for (Path file : States.statements(TestBridge.HOME)) {
            Path twin = file.resolveSibling(file.getFileName().toString().replace(".sqlite.", ".postgresql."));
            if (file.equals(twin)) {
                continue;
            }
            for (Life life : Life.ALL) {
                Set<Move> moves = States.moves(life, file);
                twins += moves.isEmpty() ? 0 : 1;
                assertThat(Files.exists(twin) ? States.moves(life, twin) : Set.of())
                        .as("%s and its twin", file)
                        .isEqualTo(moves);
            }
        }
        assertThat(twins).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        set status = 'DUE' where status = 'QUEUED' and points > 0                                        | QUEUED DUE
        set status = 'DUE' where status = 'QUEUED' and (points > 0 or status = 'SELECTED')               | QUEUED DUE
        set status = 'DUE' where (status in ('QUEUED', 'SELECTED') or status = 'PARKED' and points > 0)  | QUEUED DUE, SELECTED DUE, PARKED DUE
        set status = case when points > 0 then 'PARKED' else status end where redemption.status = 'DUE'  | DUE PARKED
        set status = case when status = 'DUE' then 'PARKED' else 'DUE' end where status in ('DUE', 'UNKNOWN') | DUE PARKED, UNKNOWN DUE
        set status = :#next where status = 'EXECUTING' and :#next in ('EXECUTED', 'UNKNOWN')             | EXECUTING EXECUTED, EXECUTING UNKNOWN
        set status = case when points > 0 then :#next else 'DUE' end where status = 'UNKNOWN' and :#next = 'EXECUTED' | UNKNOWN EXECUTED, UNKNOWN DUE
        set points = 1, status = 'DUE' from judged where status = 'PARKED' returning status              | PARKED DUE
        set points = 1 where status = 'PARKED'                                                           | ""
        """)
    void a_statement_is_read_for_the_states_between_which_it_can_move_a_row(String update, String moves) {
        assertThat(MovingStatement.moves(REDEMPTION, "-- set status = 'EXECUTED'\nupdate redemption " + update))
                .extracting(move -> move.from() + " " + move.to())
                .containsExactlyInAnyOrder(moves.isEmpty() ? new String[0] : moves.split(", "));
    }

    @Test
    void what_is_not_excluded_is_taken_for_possible() {
        int others = REDEMPTION.states().size() - 1;
        assertThat(MovingStatement.moves(
                        REDEMPTION,
                        "update redemption set status = :#next where status = 'DUE' and :#next <> 'PARKED'"))
                .hasSize(others - 1);
        assertThat(
                        MovingStatement.moves(
                                REDEMPTION,
                                "update redemption set status = 'DUE' where redemption_id in (select redemption_id from redemption where status = 'QUEUED')"))
                .as("what a subquery says may no longer hold when the row is written")
                .hasSize(others + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        update redemption set status = 'DONE' where status = 'DUE'                       | no state 'DONE'
        update redemption set status = 'DUE' where status in ('QUEUED', 'SELECTD')       | no state 'SELECTD'
        update redemption set status = 'DUE' where status = 'DUE'                        | no row
        update redemption set status = coalesce(:#next, 'DUE') where status = 'QUEUED'   | not coalesce
        update redemption set status = case status when 'DUE' then 'PARKED' end          | not case status
        update redemption r set status = 'DUE' where status = 'QUEUED'                   | by itself
        with m as (update redemption set status = 'DUE' where status = 'QUEUED') select  | by itself
        """)
    void what_cannot_be_read_is_refused(String sql, String why) {
        assertThatThrownBy(() -> MovingStatement.moves(REDEMPTION, sql)).hasMessageContaining(why);
    }
}
