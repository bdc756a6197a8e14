package aiqbridge.retention;

import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.wallet.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a customer may ask for: what is known of them, and that it is erased. The ledger keeps its entries under a random surrogate, so its digests stay valid; evidence of consent
 * is kept, as the brand must be able to prove it. AIQ's own copy is AIQ's.
 */
public final class CustomerRequest {
    private final JdbcTemplate store;
    private final TransactionTemplate atOnce;
    private final AuditLog audit;
    private final Connections connections;
    private final Clock clock;
    private final Duration window;

    /** @param window how long after a redemption was settled it may still be taken back */
    public CustomerRequest(DataSource store, Connections connections, Clock clock, Duration window) {
        this.store = new JdbcTemplate(store);
        this.atOnce = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.connections = connections;
        this.clock = clock;
        this.window = window;
    }

    private record Who(String accountId, String phone, String email) {
        String column() {
            return phone != null ? "phone" : "email";
        }

        String value() {
            return phone != null ? phone : email;
        }

        String hash() {
            return Identity.hash(accountId, value());
        }
    }

    /** Everything that is known under this phone or e-mail, table by table. */
    public Map<String, List<Map<String, Object>>> export(String actor, String accountId, String identity) {
        Who who = who(accountId, identity);
        List<String> keys = keys(who);
        Map<String, List<Map<String, Object>>> all = new LinkedHashMap<>();
        all.put("contact", of(keys, "select * from contact where customer_key = ?"));
        all.put("redemption", of(keys, "select redemption_id, connection, location, status, transaction_id, cart_id, order_id, discount_id, discount_name, points, queued_at, updated_at, aiq_redemption_id from redemption where customer_key = ?"));
        all.put("ledger", of(keys, "select * from ledger where customer_key = ?"));
        all.put("cart", rows(who, "select connection, cart_id, status, url, total, items, phone, email, consent, send_status, created_at, updated_at from cart where account_id = ? and %s = ?"));
        all.put("shop_order", rows(who, "select connection, order_id, status, total, phone, email, placed_at, updated_at from shop_order where account_id = ? and %s = ?"));
        all.put("pos_transaction", new ArrayList<>());
        connectionsOf(accountId).forEach(connection -> all.get("pos_transaction").addAll(store.queryForList(
            "select connection, location, transaction_id, status, completed_at, total, phone, email, customer_id from pos_transaction where connection = ? and " + who.column() + " = ?", connection, who.value())));
        all.put("consent", store.queryForList("select purpose, granted, text_version, wording, language, channel, place, ip, given_at, local_time from consent where account_id = ? and " + who.column() + "_hash = ?", accountId, who.hash()));
        audit.record(actor, "customer-export", keys.isEmpty() ? accountId : String.join(" ", keys), null);
        return all;
    }

    /**
     * Erases them from everything but the ledger's surrogate, the evidence of consent and the audit log.
     *
     * @return how many rows were changed, by table
     * @throws StartRefused while a redemption is open, or could still be taken back; nothing is changed then
     */
    public Map<String, Integer> erase(String actor, String accountId, String identity, String note) {
        Who who = who(accountId, identity);
        return atOnce.execute(status -> {
            List<String> keys = keys(who);
            keys.forEach(this::settled);
            Map<String, Integer> changed = new LinkedHashMap<>();
            for (String key : keys) {
                add(changed, "redemption", store.update("update redemption set contact_id = null where customer_key = ? and contact_id is not null", key));
                add(changed, "wallet_session", store.update("delete from wallet_session where customer_key = ?", key));
                add(changed, "contact", store.update("update contact set phone = null, email = null, contact_id = null, identity = 'erased:' || customer_key, updated_at = ? where customer_key = ?", clock.millis(), key));
            }
            add(changed, "cart", store.update("delete from cart where account_id = ? and " + who.column() + " = ? and coalesce(send_status, '') <> 'SENDING'", accountId, who.value()));
            add(changed, "shop_order", store.update("update shop_order set phone = null, email = null where account_id = ? and " + who.column() + " = ?", accountId, who.value()));
            for (String connection : connectionsOf(accountId)) {
                add(changed, "pos_transaction", store.update("update pos_transaction set phone = null, email = null, customer_id = null where connection = ? and " + who.column() + " = ?", connection, who.value()));
                add(changed, "inbox", store.update("update inbox set body = null, headers = null where connection = ? and status <> 'HEARD' and lower(body) like ?", connection, "%" + inBodies(who) + "%"));
            }
            add(changed, "request_limit", store.update("delete from request_limit where subject = ?", who.hash()));
            add(changed, "pin_sent", store.update("delete from pin_sent where account_id = ? and subject = ?", accountId, who.hash()));
            audit.record(actor, "customer-erase", keys.isEmpty() ? accountId : String.join(" ", keys), note);
            return changed;
        });
    }

    private void settled(String customerKey) {
        long before = clock.millis() - window.toMillis();
        for (Map<String, Object> open : store.queryForList("select redemption_id, status, updated_at from redemption where customer_key = ? and (status not in ('EXECUTED', 'REJECTED', 'RELEASED') or status = 'EXECUTED' and updated_at >= ?)", customerKey, before)) {
            boolean executed = open.get("status").equals("EXECUTED");
            throw new StartRefused("The redemption " + open.get("redemption_id") + " is " + (executed ? "so young that it may still be taken back" : open.get("status")) + "; without the customer points could not be given back.",
                executed ? "Erase them after " + Instant.ofEpochMilli(((Number) open.get("updated_at")).longValue()).plus(window) + "." : "Settle or release it first: aiq-bridge redemptions show " + open.get("redemption_id"));
        }
        if (store.queryForObject("select count(*) from reversal v join redemption r on r.redemption_id = v.redemption_id where r.customer_key = ? and v.status not in ('DONE', 'REJECTED')", Long.class, customerKey) > 0) {
            throw new StartRefused("Points of this customer are being given back.", "aiq-bridge reversals list shows them; erase the customer afterwards.");
        }
    }

    private Who who(String accountId, String identity) {
        String country = store.queryForList("select country from account where account_id = ?", String.class, accountId).stream().findFirst().orElseThrow(() -> new StartRefused("There is no account " + accountId + ".", "aiq-bridge accounts list shows them."));
        String email = Identity.email(identity).orElse(null), phone = email != null ? null : Identity.phone(identity, country).orElse(null);
        if (email == null && phone == null) {
            throw new StartRefused("That is neither a phone nor an e-mail.", "For example 303 555 0142, or ada@example.com.");
        }
        return new Who(accountId, phone, email);
    }

    private List<String> connectionsOf(String accountId) {
        return connections.all().stream().filter(connection -> connection.account().equals(accountId)).map(Connection::name).toList();
    }

    /** The contact that has it, and every other contact of the same person in AIQ. */
    private List<String> keys(Who who) {
        return store.queryForList("select customer_key from contact where account_id = ? and (" + who.column() + " = ? or contact_id in (select c.contact_id from contact c where c.account_id = ? and c." + who.column() + " = ?)) order by customer_key",
            String.class, who.accountId(), who.value(), who.accountId(), who.value());
    }

    private List<Map<String, Object>> of(List<String> keys, String sql) {
        List<Map<String, Object>> all = new ArrayList<>();
        keys.forEach(key -> all.addAll(store.queryForList(sql, key)));
        return all;
    }

    private List<Map<String, Object>> rows(Who who, String sql) {
        return store.queryForList(String.format(sql, who.column()), who.accountId(), who.value());
    }

    /** As shops write it most: the last ten digits, or the e-mail. */
    private static String inBodies(Who who) {
        return who.email() != null ? who.email().replaceAll("[%_]", "_") : who.phone().substring(Math.max(1, who.phone().length() - 10));
    }

    private static void add(Map<String, Integer> changed, String table, int rows) {
        changed.merge(table, rows, Integer::sum);
    }
}
