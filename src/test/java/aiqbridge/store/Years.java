package aiqbridge.store;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a bridge's own database holds after two years of a busy shop with two tills and a storefront; everything settled, and retention has done its part. */
final class Years {
    private static final int SALES = 100_000;
    private static final long DAY_MS = 86_400_000;
    private final JdbcTemplate rows;
    private final long now;

    private Years(JdbcTemplate rows, long now) {
        this.rows = rows;
        this.now = now;
    }

    /** The guards of the tables let no row be born settled: they are away meanwhile. */
    static void pass(String url, long now) {
        SingleConnectionDataSource one = new SingleConnectionDataSource(url, true);
        try {
            JdbcTemplate rows = new JdbcTemplate(one);
            Years years = new Years(rows, now);
            if (url.startsWith("jdbc:sqlite:")) {
                List<Map<String, Object>> triggers =
                        rows.queryForList("select name, sql from sqlite_master where type = 'trigger'");
                triggers.forEach(trigger -> rows.execute("drop trigger " + trigger.get("name")));
                rows.execute("begin");
                years.fill();
                rows.execute("commit");
                triggers.forEach(trigger -> rows.execute((String) trigger.get("sql")));
            } else {
                rows.execute("set session_replication_role = replica");
                years.fill();
                rows.execute("vacuum analyze");
            }
        } finally {
            one.destroy();
        }
    }

    private void fill() {
        long start = now - 730 * DAY_MS, apart = 729 * DAY_MS / SALES;
        String at = "(" + start + " + cast(i as bigint) * " + apart + ")";
        every(
                50,
                730,
                "contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at)",
                "'c-' || (i / 50), 'green-leaf', 'aiq:c-' || (i / 50), 'c-' || (i / 50), '+1555' || (5000000 + i / 50), "
                        + at + ", " + at);
        every(
                1,
                730,
                "pos_transaction (connection, location, transaction_id, status, completed_at, total, phone, note, discount_ids, employee, seen_at, heard_at, updated_at, reversed_at)",
                till() + ", 'main', 't-' || i, case when i % 50 = 0 then 'VOIDED' else 'COMPLETED' end, " + at
                        + ", 20, " + phone()
                        + ", case when i % 5 = 0 then 'N-' || i end, case when i % 5 = 0 then 'five-off' end, 'kim', "
                        + at + ", " + at + ", " + at + ", case when i % 50 = 0 then " + at + " end");
        every(
                50,
                730,
                "pos_reversal (connection, location, transaction_id, original_transaction_id, kind, reversed_at, heard_at, status, updated_at)",
                till() + ", 'main', 'v-' || i, 't-' || i, 'void', " + at + ", " + at + ", 'APPLIED', " + at);
        // every fifth sale bears a redemption; of these one in ten was taken back, and one in twenty ran out
        every(
                5,
                730,
                "redemption (redemption_id, account_id, connection, location, model, status, reason, note, transaction_id, customer_key, contact_id, discount_id, discount_name, points, queued_at, expires_at, completed_at, due_at, next_attempt_at, attempts, fence, reversal_wanted, aiq_redemption_id, created_at, updated_at)",
                "'r-' || i, 'green-leaf', " + till()
                        + ", 'main', 'POS', case when i % 100 = 5 then 'RELEASED' else 'EXECUTED' end, case when i % 100 = 5 then 'expired' end, 'N-' || i, 't-' || i, 'c-' || (1 + i % 1999), 'c-' || (1 + i % 1999), 'five-off', 'five off', 100, "
                        + at + ", " + at + " + " + DAY_MS + ", " + at + ", " + at + ", " + at
                        + ", 1, 1, case when i % 50 = 0 then 'sale reversed' end, 'a-' || i, " + at + ", " + at);
        every(
                50,
                730,
                "reversal (reversal_id, redemption_id, account_id, connection, status, kind, method, reference, attempts, next_attempt_at, fence, created_at, updated_at)",
                "'v-r-' || i, 'r-' || i, 'green-leaf', " + till() + ", 'DONE', 'REVERSED', 'reverse', 'v-' || i, 1, "
                        + at + ", 1, " + at + ", " + at);
        every(
                5,
                730,
                "attempt (subject_id, fence, kind, account_id, node, started_at, ended_at, outcome, http_status)",
                "'r-' || i, 1, 'redeem', 'green-leaf', 'bridge-1', " + at + ", " + at + ", 'EXECUTED', 200");
        every(
                5,
                730,
                "ledger (account_id, redemption_id, kind, connection, location, transaction_id, customer_key, discount_id, discount_name, points, happened_at, local_date)",
                "'green-leaf', 'r-' || i, 'REDEEMED', " + till()
                        + ", 'main', 't-' || i, 'c-' || (1 + i % 1999), 'five-off', 'five off', 100, " + at
                        + ", '2025-01-01'");
        every(
                SALES,
                730,
                "ledger_day (account_id, day_number, local_date, entries, points_redeemed, points_reversed, money, without_money, previous_digest, digest, closed_at)",
                "'green-leaf', 1, '2025-01-01', 0, 0, 0, 0, 0, '', '', " + at);
        every(
                5,
                730,
                "write_back (redemption_id, connection, location, transaction_id, points, status, attempts, next_attempt_at, updated_at)",
                "'r-' || i, " + till() + ", 'main', 't-' || i, 100, 'DONE', 1, " + at + ", " + at);
        every(
                5,
                180,
                "inbox (connection, delivery_key, source, topic, received_at, status, attempts, next_attempt_at, updated_at)",
                "'web', 'd-' || i, 'push', 'order.updated', " + at + ", 'DONE', 1, " + at + ", " + at);
        every(
                5,
                90,
                "cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, consent_phone, order_id, send_status, abandoned_at, created_at, updated_at)",
                "'web', 'k-' || i, 'green-leaf', case when i % 10 = 0 then 'ABANDONED' else 'ORDERED' end, 1, 'd', "
                        + at
                        + ", 1, '[]', '+1555' || (5000000 + i % 2000), 'granted', case when i % 10 <> 0 then 'o-' || i end, case when i % 10 = 0 then 'SENT' end, case when i % 10 = 0 then "
                        + at + " end, " + at + ", " + at);
        every(
                5,
                730,
                "shop_order (connection, order_id, account_id, status, version, digest, changed_at, placed_at, total, phone, paid_once, created_at, updated_at)",
                "'web', 'o-' || i, 'green-leaf', 'COMPLETED', 1, 'd', " + at + ", " + at + ", 20, " + phone() + ", 1, "
                        + at + ", " + at);
        every(5, 730, "order_name (connection, value, sort, order_id)", "'web', 'k-' || i, 'cart', 'o-' || i");
        every(5, 730, "order_name (connection, value, sort, order_id)", "'web', 'o-' || i, 'order', 'o-' || i");
        every(5, 730, "audit (happened_at, actor, action, subject)", at + ", 'admin', 'page-sign-in', 'admin'");
    }

    private static String till() {
        return "case when i % 3 = 0 then 'other-till' else 'till' end";
    }

    /** Of every so many sales of the days that are kept. */
    private void every(int step, int days, String into, String values) {
        int first = (730 - days) * (SALES / 730) / 50 * 50 + step;
        rows.execute("insert into " + into + " with recursive n (i) as (select " + first + " union all select i + "
                + step + " from n where i + " + step + " <= " + SALES + ") select " + values + " from n");
    }

    /** Null where the sale is older than the days for which is kept whose it was. */
    private static String phone() {
        return "case when i > " + SALES * 7 / 8 + " then '+1555' || (5000000 + i % 2000) end";
    }
}
