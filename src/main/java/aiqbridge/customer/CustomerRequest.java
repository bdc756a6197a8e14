package aiqbridge.customer;

import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.wallet.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a customer may ask for: what is known of them, and that it is erased. The ledger keeps its entries under a random surrogate, so its digests stay valid; evidence of consent
 * is kept, as the brand must be able to prove it. AIQ's own copy is AIQ's.
 */
public final class CustomerRequest {
    private final JdbcTemplate store;
    private final NamedParameterJdbcTemplate named;
    private final TransactionTemplate atOnce;
    private final AuditLog audit;
    private final Connections connections;
    private final Clock clock;
    private final Duration window;

    /** @param window how long after a redemption was settled it may still be reversed */
    public CustomerRequest(DataSource store, Connections connections, Clock clock, Duration window) {
        this.store = new JdbcTemplate(store);
        this.named = new NamedParameterJdbcTemplate(store);
        this.atOnce = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.connections = connections;
        this.clock = clock;
        this.window = window;
    }

    /** @param asked the phone or e-mail that was given; the keys are the person's contacts, the phones and e-mails all that those hold */
    private record Person(String accountId, String asked, List<String> keys, List<String> phones, List<String> emails) {
        Person {
            // an empty list is no SQL; nobody has this one
            phones = both(phones, List.of(Map.of("phone", "")), "phone");
            emails = both(emails, List.of(Map.of("email", "")), "email");
        }

        List<String> identities() {
            return Stream.concat(phones.stream(), emails.stream())
                    .filter(identity -> !identity.isEmpty())
                    .distinct()
                    .toList();
        }

        MapSqlParameterSource parameters() {
            return new MapSqlParameterSource(Map.of(
                    "account",
                    accountId,
                    "asked",
                    asked,
                    "phones",
                    phones,
                    "emails",
                    emails,
                    "asked_hash",
                    hash(asked),
                    "phones_hash",
                    hashes(phones),
                    "emails_hash",
                    hashes(emails)));
        }

        private List<String> hashes(List<String> identities) {
            return identities.stream().map(this::hash).toList();
        }

        private String hash(String identity) {
            return Identity.hash(accountId, identity);
        }
    }

    /** Rows that bear what was asked for, or another phone or e-mail of the person and nobody else's beside it: several people may share one. */
    private static String theirs(String suffix) {
        return "(phone# = :asked# or email# = :asked# or phone# in (:phones#) and (email# is null or email# in (:emails#)) or email# in (:emails#) and (phone# is null or phone# in (:phones#)))"
                .replace("#", suffix);
    }

    /** Everything that is known under this phone or e-mail and the others of the same person, table by table. */
    public Map<String, List<Map<String, Object>>> export(String actor, String accountId, String identity) {
        Person person = person(accountId, identity);
        Map<String, List<Map<String, Object>>> all = new LinkedHashMap<>();
        all.put("contact", of(person, "select * from contact where customer_key = ?"));
        all.put(
                "redemption",
                of(
                        person,
                        "select redemption_id, connection, location, status, transaction_id, cart_id, order_id, discount_id, discount_name, points, queued_at, updated_at, aiq_redemption_id from redemption where customer_key = ?"));
        all.put("ledger", of(person, "select * from ledger where customer_key = ?"));
        all.put(
                "cart",
                rows(
                        person,
                        "select connection, cart_id, status, url, total, items, phone, email, consent_phone, consent_email, send_status, created_at, updated_at from cart where account_id = :account and "
                                + theirs("")));
        all.put(
                "shop_order",
                rows(
                        person,
                        "select connection, order_id, status, total, phone, email, placed_at, updated_at from shop_order where account_id = :account and "
                                + theirs("")));
        all.put(
                "pos_transaction",
                connectionsOf(accountId).stream()
                        .flatMap(connection -> named
                                .queryForList(
                                        "select connection, location, transaction_id, status, completed_at, total, phone, email, customer_id from pos_transaction where connection = :connection and "
                                                + theirs(""),
                                        person.parameters().addValue("connection", connection))
                                .stream())
                        .toList());
        all.put(
                "consent",
                rows(
                        person,
                        "select purpose, granted, text_version, wording, language, channel, place, ip, given_at, local_time from consent where account_id = :account and "
                                + theirs("_hash")));
        audit.record(
                actor, "customer-export", person.keys().isEmpty() ? accountId : String.join(" ", person.keys()), null);
        return all;
    }

    /**
     * Erases them from everything but the ledger's surrogate, the evidence of consent and the audit log.
     *
     * @return how many rows were changed, by table
     * @throws StartRefused while a redemption is open, or could still be reversed; nothing is changed then
     */
    public Map<String, Integer> erase(String actor, String accountId, String identity, String note) {
        return atOnce.execute(status -> {
            Person person = person(accountId, identity);
            MapSqlParameterSource parameters = person.parameters();
            person.keys().forEach(this::settled);
            Map<String, Integer> changed = new LinkedHashMap<>();
            for (String key : person.keys()) {
                add(
                        changed,
                        "attempt",
                        store.update(
                                "update attempt set contact_id = null where contact_id is not null and subject_id in (select redemption_id from redemption where customer_key = ?)",
                                key));
                add(
                        changed,
                        "redemption",
                        store.update(
                                "update redemption set contact_id = null where customer_key = ? and contact_id is not null",
                                key));
                add(changed, "wallet_session", store.update("delete from wallet_session where customer_key = ?", key));
                add(
                        changed,
                        "contact",
                        store.update(
                                "update contact set phone = null, email = null, contact_id = null, identity = 'erased:' || customer_key, updated_at = ? where customer_key = ?",
                                clock.millis(),
                                key));
            }
            add(
                    changed,
                    "cart",
                    named.update(
                            "delete from cart where account_id = :account and coalesce(send_status, '') <> 'SENDING' and "
                                    + theirs(""),
                            parameters));
            add(
                    changed,
                    "shop_order",
                    named.update(
                            "update shop_order set phone = null, email = null where account_id = :account and "
                                    + theirs(""),
                            parameters));
            for (String connection : connectionsOf(accountId)) {
                add(
                        changed,
                        "pos_transaction",
                        named.update(
                                "update pos_transaction set phone = null, email = null, customer_id = null where connection = :connection and "
                                        + theirs(""),
                                parameters.addValue("connection", connection)));
                person.identities()
                        .forEach(one -> add(
                                changed,
                                "inbox",
                                store.update(
                                        "update inbox set body = null, headers = null where connection = ? and status <> 'HEARD' and lower(body) like ?",
                                        connection,
                                        "%" + inBodies(one) + "%")));
            }
            person.identities().stream().map(person::hash).forEach(hash -> {
                add(
                        changed,
                        "request_limit",
                        store.update(
                                "delete from request_limit where subject = ? or subject like ?", hash, "%|" + hash));
                add(
                        changed,
                        "wrong_code",
                        store.update("delete from wrong_code where account_id = ? and subject = ?", accountId, hash));
                add(
                        changed,
                        "pin_sent",
                        store.update("delete from pin_sent where account_id = ? and subject = ?", accountId, hash));
            });
            audit.record(
                    actor,
                    "customer-erase",
                    person.keys().isEmpty() ? accountId : String.join(" ", person.keys()),
                    note);
            return changed;
        });
    }

    private void settled(String customerKey) {
        long before = clock.millis() - window.toMillis();
        for (Map<String, Object> open : store.queryForList(
                "select redemption_id, status, updated_at from redemption where customer_key = ? and (status not in ('EXECUTED', 'REJECTED', 'RELEASED') or status = 'EXECUTED' and updated_at >= ?)",
                customerKey,
                before)) {
            boolean executed = open.get("status").equals("EXECUTED");
            throw new StartRefused(
                    "The redemption " + open.get("redemption_id") + " is "
                            + (executed ? "so recent that it may still be reversed" : open.get("status"))
                            + "; without the customer points could not be given back.",
                    executed
                            ? "Erase them after "
                                    + Instant.ofEpochMilli(((Number) open.get("updated_at")).longValue())
                                            .plus(window) + "."
                            : "Settle or release it first: aiq-bridge redemptions show " + open.get("redemption_id"));
        }
        if (store.queryForObject(
                        "select count(*) from reversal v join redemption r on r.redemption_id = v.redemption_id where r.customer_key = ? and v.status not in ('DONE', 'REJECTED')",
                        Long.class,
                        customerKey)
                > 0) {
            throw new StartRefused(
                    "Points of this customer are being given back.",
                    "aiq-bridge reversals list shows them; erase the customer afterwards.");
        }
    }

    private Person person(String accountId, String identity) {
        String country =
                store.queryForList("select country from account where account_id = ?", String.class, accountId).stream()
                        .findFirst()
                        .orElseThrow(() -> new StartRefused(
                                "There is no account " + accountId + ".", "aiq-bridge accounts list shows them."));
        String asked = Identity.email(identity)
                .or(() -> Identity.phone(identity, country))
                .orElseThrow(() -> new StartRefused(
                        "That is neither a phone number nor an e-mail address.",
                        "For example 303 555 0142, or ada@example.com."));
        boolean email = asked.contains("@");
        Person alone = new Person(
                accountId, asked, List.of(), email ? List.of() : List.of(asked), email ? List.of(asked) : List.of());
        Person named = with(
                alone,
                contacts(
                        alone,
                        "(phone = :asked or email = :asked or contact_id in (select c.contact_id from contact c where c.account_id = :account and (c.phone = :asked or c.email = :asked)))"));
        return with(named, contacts(named, theirs("")));
    }

    /** The person with these contacts beside those that are known. */
    private static Person with(Person person, List<Map<String, Object>> contacts) {
        return new Person(
                person.accountId(),
                person.asked(),
                both(person.keys(), contacts, "customer_key"),
                both(person.phones(), contacts, "phone"),
                both(person.emails(), contacts, "email"));
    }

    private static List<String> both(List<String> known, List<Map<String, Object>> contacts, String column) {
        return Stream.concat(
                        known.stream(),
                        contacts.stream()
                                .map(contact -> (String) contact.get(column))
                                .filter(Objects::nonNull))
                .distinct()
                .sorted()
                .toList();
    }

    private List<Map<String, Object>> contacts(Person person, String which) {
        return rows(person, "select customer_key, phone, email from contact where account_id = :account and " + which);
    }

    private List<String> connectionsOf(String accountId) {
        return connections.all().stream()
                .filter(connection -> connection.account().equals(accountId))
                .map(Connection::name)
                .toList();
    }

    private List<Map<String, Object>> of(Person person, String sql) {
        return person.keys().stream()
                .flatMap(key -> store.queryForList(sql, key).stream())
                .toList();
    }

    private List<Map<String, Object>> rows(Person person, String sql) {
        return named.queryForList(sql, person.parameters());
    }

    /** As shops write it most: the last ten digits, or the e-mail. */
    private static String inBodies(String identity) {
        return identity.contains("@")
                ? identity.replaceAll("[%_]", "_")
                : identity.substring(Math.max(1, identity.length() - 10));
    }

    private static void add(Map<String, Integer> changed, String table, int rows) {
        changed.merge(table, rows, Integer::sum);
    }
}
