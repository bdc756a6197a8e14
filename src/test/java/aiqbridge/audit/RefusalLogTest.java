package aiqbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.TestBridge.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Whoever tries without end is written down, and fills nothing. */
class RefusalLogTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock("2026-11-24T10:00:00Z");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private JdbcTemplate rows;
    private AuditList list;
    private RefusalLog refusals;

    @BeforeEach
    void open() {
        Databases.sqliteStore(folder.resolve("bridge.db"));
        DriverManagerDataSource store =
                new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("bridge.db") + "?synchronous=OFF");
        rows = new JdbcTemplate(store);
        list = new AuditList(store);
        refusals = new RefusalLog(new AuditLog(store, clock), metrics, clock);
    }

    private List<String> lines() {
        return rows.queryForList(
                "select actor || ', ' || action || ', ' || subject || coalesce(', ' || note, '') from audit order by audit_id",
                String.class);
    }

    @Test
    void the_first_time_is_written_at_once_and_a_hundred_thousand_more_are_one_line() {
        for (int i = 0; i < 100_000; i++) {
            refusals.refused("somebody at 192.0.2.7", "api-key-refused", "unknown key");
        }
        assertThat(lines()).containsExactly("somebody at 192.0.2.7, api-key-refused, unknown key");
        clock.advance(Duration.ofMinutes(59));
        refusals.refused("somebody at 192.0.2.7", "api-key-refused", "unknown key");
        refusals.write();
        assertThat(lines()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        refusals.write();
        refusals.write();
        assertThat(lines())
                .containsExactly(
                        "somebody at 192.0.2.7, api-key-refused, unknown key",
                        "somebody at 192.0.2.7, api-key-refused, unknown key, 100000 more until 10:59:00 UTC");
        assertThat(metrics.counter("aiqbridge.refusals", "action", "api-key-refused")
                        .count())
                .isEqualTo(100_001);
    }

    @Test
    void when_the_hour_is_over_the_next_is_a_first_time_again_also_without_a_clock() {
        for (int i = 0; i < 3; i++) {
            refusals.refused("kim", "page-role-refused", "GET /accounts");
        }
        clock.advance(Duration.ofHours(2));
        refusals.refused("kim", "page-role-refused", "GET /accounts");
        assertThat(lines())
                .containsExactly(
                        "kim, page-role-refused, GET /accounts",
                        "kim, page-role-refused, GET /accounts, 2 more until 10:00:00 UTC",
                        "kim, page-role-refused, GET /accounts");
    }

    @Test
    void a_stranger_with_ten_thousand_addresses_fills_fifty_lines_an_hour() {
        for (int i = 0; i < 10_000; i++) {
            refusals.refused("somebody at 10.0." + i / 250 + "." + i % 250, "page-sign-in-refused", "admin");
        }
        assertThat(lines()).hasSize(RefusalLog.MOST + 1).contains("others, page-sign-in-refused, others");
        refusals.close();
        assertThat(lines())
                .hasSize(RefusalLog.MOST + 2)
                .contains("others, page-sign-in-refused, others, 9949 more until 10:00:00 UTC");
    }

    @Test
    void what_is_repeated_when_the_bridge_stops_is_written_then() {
        refusals.refused("till", "api-limited", "too-many");
        refusals.refused("till", "api-limited", "too-many");
        refusals.close();
        assertThat(lines())
                .containsExactly(
                        "till, api-limited, too-many", "till, api-limited, too-many, 1 more until 10:00:00 UTC");
    }

    @Test
    void who_is_refused_is_refused_also_while_nothing_can_be_written() {
        rows.execute("alter table audit rename to audit_away");
        refusals.refused("till", "api-limited", "too-many");
        rows.execute("alter table audit_away rename to audit");
        assertThat(metrics.counter("aiqbridge.refusals", "action", "api-limited")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void each_page_of_the_audit_is_read_by_an_index() {
        for (String filter : List.of(
                "",
                "where actor = 'kim'",
                "where action = 'page-sign-in'",
                "where subject = 'r-1'",
                "where happened_at >= 1 and happened_at < 9",
                "where subject = 'r-1' and happened_at >= 1 and (happened_at, audit_id) < (5, 5)")) {
            List<String> plan = rows.query(
                    "explain query plan select * from audit " + filter
                            + " order by happened_at desc, audit_id desc limit 51",
                    (row, n) -> row.getString("detail"));
            assertThat(plan).as(filter).hasSize(1).allMatch(step -> step.contains("USING INDEX audit_"));
        }
        assertThat(rows.query(
                        "explain query plan select min(action) from audit where action > 'a'",
                        (row, n) -> row.getString("detail")))
                .allMatch(step -> step.startsWith("SEARCH") && step.contains("INDEX audit_action"));
    }

    @Test
    void pages_follow_each_other_without_a_gap_also_within_one_instant() {
        for (int i = 0; i < 7; i++) {
            rows.update(
                    "insert into audit (happened_at, actor, action, subject) values (?, 'kim', 'a', ?)",
                    i / 3,
                    "s" + i);
        }
        AuditList.Filter all = new AuditList.Filter("kim", null, "", null, null);
        List<AuditList.Line> first = list.page(all, null, 4);
        List<AuditList.Line> second = list.page(all, first.get(3).cursor(), 4);
        assertThat(first).extracting(AuditList.Line::subject).containsExactly("s6", "s5", "s4", "s3");
        assertThat(second).extracting(AuditList.Line::subject).containsExactly("s2", "s1", "s0");
        assertThat(list.page(new AuditList.Filter(null, null, null, 1L, 2L), null, 9))
                .extracting(AuditList.Line::subject)
                .containsExactly("s5", "s4", "s3");
        assertThat(list.actions()).containsExactly("a");
    }
}
