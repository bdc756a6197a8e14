package aiqbridge.operator;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Everything that happened to one redemption, in order: what a person wants to see before deciding about it.
 *
 * @param unclear  whether something was sent of which AIQ's answer is not known
 * @param reversal its reversal, or null
 */
public record RedemptionStory(RedemptionLine redemption, boolean unclear, Reversal reversal, List<Event> events) {
    /** @param at in the account's zone */
    public record Event(String at, String what, String detail) {}

    /** @param decidable whether a person may decide about it */
    public record Reversal(String id, String status, String reason, boolean decidable) {}

    /**
     * What is known of one redemption from the till, the shop and AIQ, in order.
     *
     * @param zone the account's
     */
    record Evidence(RedemptionLine redemption, String zone, List<Event> events) {}

    /** Reads them. */
    public static final class Teller {
        private final JdbcTemplate store;

        public Teller(DataSource store) {
            this.store = new JdbcTemplate(store);
        }

        public Optional<RedemptionStory> of(String redemptionId) {
            return row(redemptionId).map(this::tell);
        }

        /** @throws java.util.NoSuchElementException where there is no such redemption */
        Evidence evidence(String redemptionId) {
            Map<String, Object> row = row(redemptionId).orElseThrow();
            List<Told> told = new ArrayList<>();
            sale(row, told);
            attempts(row, told);
            asked(row, told);
            if (row.get("last_error") != null) {
                tell(told, row.get("updated_at"), (String) row.get("last_error"), null);
            }
            if (row.get("reversal_error") != null) {
                tell(told, row.get("reversal_moved_at"), (String) row.get("reversal_error"), null);
            }
            return new Evidence(
                    RedemptionLine.of(row), (String) row.get("zone"), events(told, (String) row.get("zone")));
        }

        private Optional<Map<String, Object>> row(String redemptionId) {
            return !redemptionId.matches("[A-Za-z0-9-]{1,100}")
                    ? Optional.empty()
                    : store.queryForList("""
                select r.*, c.phone, c.email, a.zone, v.reversal_id, v.status as reversal, v.reason as reversal_reason, v.kind as reversal_kind, v.method as reversal_method, v.last_error as reversal_error, v.created_at as reversal_at, v.updated_at as reversal_moved_at, v.absent_since as reversal_absent_since
                  from redemption r join contact c on c.customer_key = r.customer_key join account a on a.account_id = r.account_id left join reversal v on v.redemption_id = r.redemption_id
                 where r.redemption_id = ?""", redemptionId).stream().findFirst();
        }

        private RedemptionStory tell(Map<String, Object> row) {
            List<Told> told = new ArrayList<>();
            queued(row, told);
            sale(row, told);
            attempts(row, told);
            asked(row, told);
            books(row, told);
            store.queryForList(
                            "select happened_at, actor, action, note from audit where subject = ? order by audit_id",
                            row.get("redemption_id"))
                    .forEach(a -> tell(
                            told,
                            a.get("happened_at"),
                            a.get("actor") + " decided: " + a.get("action"),
                            a.get("note")));
            String zone = (String) row.get("zone"), reversal = (String) row.get("reversal");
            return new RedemptionStory(
                    RedemptionLine.of(row),
                    unclear(row),
                    reversal == null
                            ? null
                            : new Reversal(
                                    (String) row.get("reversal_id"),
                                    reversal,
                                    (String) row.get("reversal_reason"),
                                    List.of("PARKED", "REJECTED").contains(reversal)),
                    events(told, zone));
        }

        private static List<Event> events(List<Told> told, String zone) {
            return told.stream()
                    .sorted(Comparator.comparingLong(Told::at))
                    .map(t -> new Event(LocalTime.of(t.at, zone), t.what, t.detail))
                    .toList();
        }

        private static void asked(Map<String, Object> row, List<Told> told) {
            tell(told, row.get("asked_at"), "AIQ's lists were read last", "they do not show that it took the points");
            for (String since : List.of("absent_since", "lists_silent_since", "reversal_absent_since")) {
                tell(
                        told,
                        row.get(since),
                        "AIQ's records showed nothing of it",
                        "they are read once more before that counts");
            }
            tell(
                    told,
                    row.get("contact_changed_since"),
                    "AIQ's wallet was another contact's",
                    "it is read once more before that counts");
        }

        private void queued(Map<String, Object> row, List<Told> told) {
            tell(
                    told,
                    row.get("queued_at"),
                    "Chosen: " + row.get("discount_name") + ", " + points(row.get("points")) + " points, at "
                            + (row.get("storefront") == null ? row.get("connection") : row.get("storefront"))
                            + (row.get("employee") == null ? "" : " by " + row.get("employee")),
                    "note " + row.get("note") + ", " + row.get("model"));
            tell(told, row.get("due_at"), "Its sale is completed or its caller is waiting: it may be sent", null);
            String ended =
                    switch ((String) row.get("status")) {
                        case "PARKED" -> "Parked: " + row.get("reason");
                        case "RELEASED" -> "Released: " + row.get("reason");
                        case "REJECTED" -> "AIQ did not take the points: " + row.get("reason");
                        default -> null;
                    };
            if (ended != null) {
                tell(told, row.get("updated_at"), ended, row.get("last_error"));
            }
            if (row.get("flag") != null) {
                tell(told, row.get("updated_at"), "Flagged: " + row.get("flag"), null);
            }
        }

        private void sale(Map<String, Object> row, List<Told> told) {
            store.queryForList(
                            "select status, completed_at, heard_at, reversed_at, total, employee, discount_ids, discount_total from pos_transaction where connection = ? and location = ? and transaction_id = ?",
                            row.get("connection"),
                            row.get("location"),
                            row.get("transaction_id"))
                    .forEach(t -> {
                        tell(
                                told,
                                t.get("completed_at"),
                                "The till completed sale " + row.get("transaction_id") + " over "
                                        + money(t.get("total"))
                                        + (t.get("employee") == null ? "" : " by " + t.get("employee")),
                                t.get("discount_ids") != null
                                        ? "discounts " + t.get("discount_ids")
                                        : t.get("discount_total") != null
                                                ? "discounts worth " + money(t.get("discount_total"))
                                                : null);
                        tell(told, t.get("reversed_at"), "The till reversed the sale: " + t.get("status"), null);
                    });
            store.queryForList(
                            "select transaction_id, candidates, reversed_at from pos_reversal where connection = ? and location = ? and candidates is not null and replace(candidates, ',' || ? || ',', '') <> candidates",
                            row.get("connection"),
                            row.get("location"),
                            row.get("transaction_id"))
                    .forEach(v -> tell(
                            told,
                            v.get("reversed_at"),
                            "The till has refund " + v.get("transaction_id") + ", which may be of sale "
                                    + v.get("candidates")
                                            .toString()
                                            .replaceAll("^,|,$", "")
                                            .replace(",", " or "),
                            null));
            others(
                    row,
                    told,
                    "select twin_id as other, twin_heard_at as at from twin_sale where connection = ? and location = ? and transaction_id = ?",
                    "The till has sale %s, too, which is probably the same");
            others(
                    row,
                    told,
                    "select w.successor_id as other, s.heard_at as at from successor_sale w join pos_transaction s on s.connection = w.connection and s.location = w.location and s.transaction_id = w.successor_id where w.connection = ? and w.location = ? and w.transaction_id = ?",
                    "The till has sale %s, which may have taken its place");
            others(
                    row,
                    told,
                    "select from_status || ' to ' || to_status as other, changed_at as at from sale_change where connection = ? and location = ? and transaction_id = ?",
                    "Its sale went from %s");
            store
                    .queryForList(
                            "select x.order_id, o.status, o.placed_at, o.total from redemption_order x join shop_order o on o.connection = x.connection and o.order_id = x.order_id where x.redemption_id = ?",
                            row.get("redemption_id"))
                    .stream()
                    .distinct()
                    .forEach(o -> tell(
                            told,
                            o.get("placed_at"),
                            "The shop has order " + o.get("order_id")
                                    + (o.get("total") == null ? "" : " over " + money(o.get("total"))) + ", now "
                                    + o.get("status"),
                            null));
        }

        private void others(Map<String, Object> row, List<Told> told, String statement, String sentence) {
            store
                    .queryForList(statement, row.get("connection"), row.get("location"), row.get("transaction_id"))
                    .stream()
                    .distinct()
                    .forEach(o -> tell(told, o.get("at"), sentence.formatted(o.get("other")), null));
        }

        private void attempts(Map<String, Object> row, List<Told> told) {
            store.queryForList(
                            "select * from attempt where subject_id = ? or subject_id = ? order by started_at",
                            row.get("redemption_id"),
                            "v-" + row.get("redemption_id"))
                    .forEach(a -> {
                        tell(
                                told,
                                a.get("started_at"),
                                (a.get("kind").equals("REDEEM")
                                                ? "Sent to AIQ"
                                                : "AIQ asked to give the points back (" + a.get("kind") + ")")
                                        + ", attempt " + a.get("fence") + " by " + a.get("node"),
                                a.get("wallet_points") == null
                                        ? null
                                        : "AIQ's wallet showed " + points(a.get("wallet_points")) + " points before");
                        if (a.get("ended_at") == null) {
                            tell(told, a.get("started_at"), "No answer is known", null);
                        } else {
                            boolean absent = "ABSENT".equals(a.get("outcome"));
                            tell(
                                    told,
                                    a.get("ended_at"),
                                    "AIQ's answer: " + (absent ? "UNKNOWN" : a.get("outcome"))
                                            + (a.get("http_status") == null ? "" : ", HTTP " + a.get("http_status")),
                                    a.get("detail"));
                            if (absent) {
                                tell(
                                        told,
                                        a.get("absent_at") == null ? a.get("ended_at") : a.get("absent_at"),
                                        "AIQ's own records show that it had no effect",
                                        null);
                            }
                        }
                    });
            store.queryForList(
                            "select aiq_row, source, consumed_at from evidence where account_id = ? and subject_id in (?, ?)",
                            row.get("account_id"),
                            row.get("redemption_id"),
                            "v-" + row.get("redemption_id"))
                    .forEach(e -> tell(
                            told, e.get("consumed_at"), "AIQ's own records show it", "AIQ's row " + e.get("aiq_row")));
        }

        private void books(Map<String, Object> row, List<Told> told) {
            store.queryForList(
                            "select kind, points, happened_at, local_date, aiq_redemption_id from ledger where redemption_id = ? order by ledger_id",
                            row.get("redemption_id"))
                    .forEach(l -> tell(
                            told,
                            l.get("happened_at"),
                            "Ledger: " + l.get("kind") + " " + points(l.get("points")) + " points on "
                                    + l.get("local_date"),
                            l.get("aiq_redemption_id") == null
                                    ? null
                                    : "AIQ's redemption " + l.get("aiq_redemption_id")));
            store.queryForList(
                            "select status, points, attempts, last_error, updated_at from write_back where redemption_id = ?",
                            row.get("redemption_id"))
                    .forEach(w -> tell(
                            told,
                            w.get("updated_at"),
                            "On the till's transaction: " + points(w.get("points")) + " points, " + w.get("status"),
                            (String) w.get("last_error")));
            tell(
                    told,
                    row.get("reversal_at"),
                    "The points must be given back: " + row.get("reversal_kind") + ", now " + row.get("reversal")
                            + (row.get("reversal_reason") == null ? "" : " (" + row.get("reversal_reason") + ")"),
                    row.get("reversal_error"));
        }

        private boolean unclear(Map<String, Object> row) {
            return "unclear".equals(row.get("reason"))
                    || "unclear".equals(row.get("reversal_reason"))
                    || row.get("restored_from") != null
                    || !store.queryForList(
                                    "select 1 from attempt where subject_id in (?, ?) and coalesce(outcome, 'UNKNOWN') = 'UNKNOWN'",
                                    row.get("redemption_id"),
                                    "v-" + row.get("redemption_id"))
                            .isEmpty()
                    || !store.queryForList("select 1 from installation where restored_at >= ?", row.get("created_at"))
                            .isEmpty();
        }

        private static void tell(List<Told> told, Object at, String what, Object detail) {
            if (at != null) {
                told.add(new Told(((Number) at).longValue(), what, (String) detail));
            }
        }

        private static String points(Object value) {
            return Points.of(value).toPlainString();
        }

        static String money(Object value) {
            return new BigDecimal(value.toString())
                    .setScale(2, java.math.RoundingMode.HALF_UP)
                    .toPlainString();
        }

        private record Told(long at, String what, String detail) {}
    }
}
