package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Settings;
import aiqbridge.audit.AuditLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database itself allows the transitions of routes/redemption/README.md section 1.2 and no other, whoever asks. */
abstract class StoreContract {
    private static final List<String> STATES =
            List.of("QUEUED", "SELECTED", "DUE", "EXECUTING", "EXECUTED", "REJECTED", "UNKNOWN", "PARKED", "RELEASED");
    /** The table of routes/redemption/README.md section 1.2, with section 7 for a restored database (marked by restored_from). */
    private static final Set<String> ALLOWED = Set.of(
            "QUEUED DUE",
            "SELECTED DUE",
            "QUEUED RELEASED",
            "SELECTED RELEASED",
            "DUE RELEASED",
            "RELEASED DUE",
            "DUE EXECUTING",
            "EXECUTING DUE",
            "EXECUTING EXECUTED",
            "EXECUTING REJECTED",
            "EXECUTING UNKNOWN",
            "UNKNOWN EXECUTED",
            "UNKNOWN DUE",
            "UNKNOWN RELEASED",
            "UNKNOWN REJECTED",
            "QUEUED PARKED",
            "SELECTED PARKED",
            "DUE PARKED",
            "EXECUTING PARKED",
            "UNKNOWN PARKED",
            "PARKED DUE",
            "PARKED EXECUTED",
            "PARKED RELEASED");

    private static final Map<String, List<String>> WAY = Map.of(
            "QUEUED",
            List.of("QUEUED"),
            "SELECTED",
            List.of("SELECTED"),
            "DUE",
            List.of("DUE"),
            "EXECUTING",
            List.of("DUE", "EXECUTING"),
            "EXECUTED",
            List.of("DUE", "EXECUTING", "EXECUTED"),
            "REJECTED",
            List.of("DUE", "EXECUTING", "REJECTED"),
            "UNKNOWN",
            List.of("DUE", "EXECUTING", "UNKNOWN"),
            "PARKED",
            List.of("DUE", "PARKED"),
            "RELEASED",
            List.of("QUEUED", "RELEASED"));

    @TempDir
    Path folder;

    private Store store;
    private JdbcTemplate rows;

    abstract Map<String, String> settings(Path folder);

    @BeforeEach
    void open() {
        Properties values = new Properties();
        values.putAll(settings(folder));
        values.put("store.busy-timeout", "10s");
        store = Store.open(Settings.of(values), folder, true);
        rows = new JdbcTemplate(store.source());
        rows.update(
                "insert into account (account_id, brand, uid, api_key_sealed, api_key_hint, country, zone, created_at, updated_at) values ('a', 'a', '1', 's', 'h', 'US', 'UTC', 1, 1)");
        rows.update(
                "insert into contact (customer_key, account_id, identity, created_at, updated_at) values ('c', 'a', 'i', 1, 1)");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int number;

    private String born(String status) {
        String id = "r" + ++number;
        rows.update("""
            insert into redemption (redemption_id, account_id, connection, location, model, status, note, customer_key, discount_id, discount_name, points, reusable, queued_at, expires_at, next_attempt_at, created_at, updated_at)
            values (?, 'a', 'till', 'main', 'POS', ?, ?, 'c', 'd', 'd', 1, 1, 1, 1, 1, 1, 1)""", id, status, "n" + id);
        return id;
    }

    private void move(String id, String to) {
        rows.update(
                "update redemption set status = ?, reason = case when ? = 'RELEASED' then 'expired' else reason end, fence = case when ? = 'EXECUTING' then fence + 1 else fence end where redemption_id = ?",
                to,
                to,
                to,
                id);
    }

    private String in(String status) {
        List<String> way = WAY.get(status);
        String id = born(way.get(0));
        way.subList(1, way.size()).forEach(next -> move(id, next));
        return id;
    }

    @Test
    void every_pair_of_states_is_tried_and_only_the_table_is_possible() {
        Set<String> possible = new TreeSet<>();
        for (String from : STATES) {
            for (String to : STATES) {
                if (!from.equals(to)) {
                    String id = in(from);
                    try {
                        move(id, to);
                        possible.add(from + " " + to);
                    } catch (DataAccessException refused) {
                        assertThat(rows.queryForObject(
                                        "select status from redemption where redemption_id = ?", String.class, id))
                                .isEqualTo(from);
                    }
                }
            }
        }
        assertThat(possible).isEqualTo(new TreeSet<>(ALLOWED));
    }

    @Test
    void a_redemption_is_born_waiting_or_due_and_never_otherwise() {
        List<String> births = new ArrayList<>();
        for (String status : STATES) {
            try {
                born(status);
                births.add(status);
            } catch (DataAccessException refused) {
                assertThat(status).isNotIn("QUEUED", "SELECTED", "DUE");
            }
        }
        assertThat(births).containsExactly("QUEUED", "SELECTED", "DUE");
    }

    @Test
    void what_a_person_or_a_void_released_never_comes_back() {
        String id = born("QUEUED");
        rows.update("update redemption set status = 'RELEASED', reason = 'by the caller' where redemption_id = ?", id);
        assertThatThrownBy(() -> rows.update("update redemption set status = 'DUE' where redemption_id = ?", id))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void nothing_is_due_behind_a_shops_back() {
        for (String from : List.of("UNKNOWN", "PARKED", "RELEASED")) {
            String id = in(from);
            rows.update("update redemption set model = 'IMMEDIATE', reason = 'expired' where redemption_id = ?", id);
            assertThatThrownBy(() -> rows.update("update redemption set status = 'DUE' where redemption_id = ?", id))
                    .as(from)
                    .isInstanceOf(DataAccessException.class);
        }
        String lost = born("DUE");
        rows.update("update redemption set model = 'IMMEDIATE' where redemption_id = ?", lost);
        move(lost, "EXECUTING");
        move(lost, "DUE");
        String native_ = born("SELECTED");
        rows.update(
                "update redemption set model = 'INFORMATIONAL', redeems = 'pos-native' where redemption_id = ?",
                native_);
        assertThatThrownBy(() -> rows.update("update redemption set status = 'DUE' where redemption_id = ?", native_))
                .isInstanceOf(DataAccessException.class);
        move(native_, "RELEASED");
    }

    @Test
    void a_cart_has_a_discount_once_until_it_is_given_up_or_taken_back() {
        String first = born("DUE"), second = born("DUE"), third = born("DUE");
        String onCart = "update redemption set storefront = 'web', cart_id = 'c-1' where redemption_id = ?";
        rows.update(onCart, first);
        assertThatThrownBy(() -> rows.update(onCart, second)).isInstanceOf(DataAccessException.class);
        move(first, "RELEASED");
        rows.update(onCart, second);
        rows.update("update redemption set reversal_wanted = 'order cancelled' where redemption_id = ?", second);
        rows.update(onCart, third);
    }

    @Test
    void a_claim_takes_the_next_fencing_number_and_none_goes_back() {
        String id = born("DUE");
        assertThatThrownBy(() -> rows.update("update redemption set status = 'EXECUTING' where redemption_id = ?", id))
                .isInstanceOf(DataAccessException.class);
        move(id, "EXECUTING");
        assertThatThrownBy(() -> rows.update("update redemption set fence = fence - 1 where redemption_id = ?", id))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void only_a_restored_row_goes_from_waiting_to_unknown_and_back_to_where_it_was() {
        String id = born("QUEUED");
        rows.update("update redemption set restored_from = 'QUEUED', status = 'UNKNOWN' where redemption_id = ?", id);
        assertThatThrownBy(() -> rows.update("update redemption set status = 'SELECTED' where redemption_id = ?", id))
                .isInstanceOf(DataAccessException.class);
        rows.update("update redemption set status = 'QUEUED', restored_from = null where redemption_id = ?", id);
    }

    @Test
    void nothing_is_deleted_and_the_ledger_is_append_only() {
        String id = born("QUEUED");
        rows.update(
                "insert into ledger (account_id, redemption_id, kind, connection, location, customer_key, discount_id, discount_name, points, happened_at, local_date) values ('a', ?, 'REDEEMED', 'till', 'main', 'c', 'd', 'd', 1, 1, '2026-01-01')",
                id);
        for (String forbidden :
                List.of("delete from redemption", "delete from ledger", "update ledger set points = 2")) {
            assertThatThrownBy(() -> rows.update(forbidden)).as(forbidden).isInstanceOf(DataAccessException.class);
        }
        assertThatThrownBy(() -> rows.update(
                        "insert into ledger (account_id, redemption_id, kind, connection, location, customer_key, discount_id, discount_name, points, happened_at, local_date) values ('a', ?, 'REDEEMED', 'till', 'main', 'c', 'd', 'd', 1, 1, '2026-01-01')",
                        id))
                .as("one line per redemption and kind")
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void what_people_did_is_only_ever_added() {
        AuditLog audit = new AuditLog(store.source(), Clock.systemUTC());
        audit.record("ann", "brake-release", "main-street", "the till was restored on purpose");
        assertThat(audit.of("main-street")).extracting(row -> row.get("actor")).containsExactly("ann");
        for (String forbidden : List.of("update audit set note = 'nothing'", "delete from audit")) {
            assertThatThrownBy(() -> rows.update(forbidden)).as(forbidden).isInstanceOf(DataAccessException.class);
        }
    }
}
