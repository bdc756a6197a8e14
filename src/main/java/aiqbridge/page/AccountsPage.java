package aiqbridge.page;

import aiqbridge.account.Account;
import aiqbridge.account.AccountEntry;
import aiqbridge.account.StoredAccounts;
import aiqbridge.aiq.AiqClock;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connections;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The brands' AIQ accounts: shown, added, changed and tested. An API key goes in and never comes out again. */
public final class AccountsPage {
    /** Milliseconds; less is nobody's concern. */
    private static final long CLOCKS_APART = 30_000;

    private static final List<Country> COUNTRIES = Stream.concat(
                    Stream.of("US", "CA"),
                    Stream.of(Locale.getISOCountries())
                            .filter(c -> !c.equals("US") && !c.equals("CA"))
                            .sorted(Comparator.comparing(AccountsPage::name)))
            .map(c -> new Country(c, name(c)))
            .toList();
    private static final List<String> ZONES = java.time.ZoneId.getAvailableZoneIds().stream()
            .filter(z -> z.matches("(America|Pacific|Europe|Australia|Africa|Asia)/[A-Za-z_]+"))
            .sorted()
            .toList();
    private final StoredAccounts accounts;
    private final Connections connections;
    private final AuditLog audit;
    private final AiqClock aiqClock;
    private final JdbcTemplate store;
    private final Clock clock;

    public AccountsPage(
            StoredAccounts accounts,
            Connections connections,
            AiqClock aiqClock,
            AuditLog audit,
            DataSource store,
            Clock clock) {
        this.aiqClock = aiqClock;
        this.accounts = accounts;
        this.connections = connections;
        this.audit = audit;
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** @param rows of accounts.sql */
    public Page list(List<Map<String, Object>> rows) {
        return Page.of("accounts", Map.of("accounts", rows(rows)));
    }

    List<Row> rows(List<Map<String, Object>> rows) {
        return rows.stream().map(this::row).toList();
    }

    private Row row(Map<String, Object> row) {
        String id = (String) row.get("account_id");
        long joined =
                connections.all().stream().filter(c -> c.account().equals(id)).count();
        Integer good = row.get("good") == null ? null : ((Number) row.get("good")).intValue();
        State state = row.get("paused_reason") != null
                ? new State("bad", "AIQ refuses the key")
                : ((Number) row.get("held_until")).longValue() > clock.millis()
                        ? new State("warn", "AIQ does not answer")
                        : row.get("resend_stopped_at") != null
                                ? new State("bad", "Sends nothing again")
                                : row.get("carts_held_reason") != null
                                        ? new State("warn", "AIQ refuses its carts")
                                        : good == null
                                                ? new State("", "Not tested yet")
                                                : good == 1
                                                        ? new State("good", "Works")
                                                        : new State("bad", "Test failed");
        return new Row(
                id,
                (String) row.get("brand"),
                (String) row.get("uid"),
                (String) row.get("api_key_hint"),
                name((String) row.get("country")),
                (String) row.get("zone"),
                state,
                learnt(id, (Number) row.get("report_lag_ms")),
                joined);
    }

    /** What AIQ's own answers told, where a person may want to know. */
    private List<String> learnt(String account, Number reportLag) {
        List<String> learnt = new ArrayList<>();
        if (reportLag != null) {
            learnt.add("AIQ's report was " + duration(reportLag.longValue()) + " late this week.");
        }
        Long offset = aiqClock.offset(account);
        if (offset != null && Math.abs(offset) >= CLOCKS_APART) {
            learnt.add("AIQ's clock is " + duration(Math.abs(offset)) + (offset > 0 ? " ahead of" : " behind")
                    + " this machine's.");
        }
        return learnt;
    }

    private static String duration(long millis) {
        long seconds = millis / 1_000;
        return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
    }

    public Page form(PageRequest request) {
        if (request.id().equals("add")) {
            return page(200, new AccountEntry("", "", "", "", "US", ""), true, "", Map.of(), "");
        }
        Map<String, Object> row = known(request.id()).orElseThrow(PageProblem::notFound);
        return page(200, entry(row), false, (String) row.get("api_key_hint"), Map.of(), "");
    }

    /** What was entered, and what is wrong with it before AIQ is asked. */
    public Form read(PageRequest request) {
        boolean isNew = request.id().equals("add");
        Optional<Map<String, Object>> row = known(request.id());
        if (!isNew && row.isEmpty()) {
            throw PageProblem.notFound();
        }
        AccountEntry entry = new AccountEntry(
                isNew ? request.field("account").toLowerCase(Locale.ROOT) : request.id(),
                request.field("brand"),
                request.field("uid"),
                request.field("key"),
                request.field("country"),
                request.field("zone"));
        Map<String, String> wrong = entry.wrong();
        if (isNew && known(entry.accountId()).isPresent()) {
            wrong.put("account", "There is already an account with this name.");
        }
        if (isNew && entry.apiKey().isEmpty()) {
            wrong.put("key", "Enter the API key; AIQ shows it under Settings, API & Tracking.");
        }
        String hint = row.map(r -> (String) r.get("api_key_hint")).orElse("");
        return new Form(
                entry,
                isNew,
                hint,
                wrong,
                wrong.isEmpty()
                        ? entry.account(
                                entry.apiKey().isEmpty()
                                        ? accounts.get(entry.accountId())
                                                .apiKey()
                                                .plain()
                                        : entry.apiKey())
                        : null);
    }

    /** The account whose key and UID are tried as they are stored. */
    public Account stored(PageRequest request) {
        known(request.id()).orElseThrow(PageProblem::notFound);
        return accounts.get(request.id());
    }

    public Page tested(PageRequest request, Verdict verdict) {
        keep(request.id(), verdict);
        audit.record(request.user(), "account-test", request.id(), verdict.sentence());
        return Page.to("/accounts").saying(verdict.sentence());
    }

    /** Saved when AIQ accepts it, or when the person says so although AIQ did not. */
    public Page save(PageRequest request, Form form, Verdict verdict) {
        if (verdict == null) {
            return page(422, form.entry(), form.isNew(), form.hint(), form.wrong(), "");
        }
        boolean anyway = request.field("anyway").equals("yes");
        if (verdict != Verdict.GOOD && !anyway) {
            return page(422, form.entry(), form.isNew(), form.hint(), Map.of(), verdict.sentence());
        }
        accounts.save(form.candidate());
        keep(form.entry().accountId(), verdict);
        audit.record(
                request.user(),
                form.isNew() ? "account-add" : "account-change",
                form.entry().accountId(),
                (form.entry().apiKey().isEmpty() ? "key kept. " : "new key. ") + verdict.sentence());
        return Page.to("/accounts").saying(form.entry().brand() + " is saved. " + verdict.sentence());
    }

    private void keep(String account, Verdict verdict) {
        store.update(
                "insert into account_test (account_id, good, said, tested_at) values (?, ?, ?, ?) on conflict (account_id) do update set good = excluded.good, said = excluded.said, tested_at = excluded.tested_at",
                account,
                verdict == Verdict.GOOD ? 1 : 0,
                verdict.sentence(),
                clock.millis());
    }

    private Page page(
            int status, AccountEntry entry, boolean isNew, String hint, Map<String, String> wrong, String failed) {
        Map<String, Object> model = Map.of(
                "entry",
                entry,
                "isNew",
                isNew,
                "hint",
                hint,
                "wrong",
                wrong,
                "failed",
                failed,
                "countries",
                COUNTRIES,
                "zones",
                ZONES);
        return status == 200 ? Page.of("account", model) : Page.wrong("account", model);
    }

    private Optional<Map<String, Object>> known(String account) {
        return store
                .queryForList(
                        "select account_id, brand, uid, api_key_hint, country, zone from account where account_id = ?",
                        account)
                .stream()
                .findFirst();
    }

    private static AccountEntry entry(Map<String, Object> row) {
        return new AccountEntry(
                (String) row.get("account_id"),
                (String) row.get("brand"),
                (String) row.get("uid"),
                "",
                (String) row.get("country"),
                (String) row.get("zone"));
    }

    private static String name(String country) {
        return new Locale("", country).getDisplayCountry(Locale.ENGLISH);
    }

    /** @param joined tills and shops of the account */
    public record Row(
            String id,
            String brand,
            String uid,
            String hint,
            String country,
            String zone,
            State state,
            List<String> learnt,
            long joined) {}

    public record Country(String code, String name) {}

    /** @param hint the stored key's end, empty for a new account
     *  @param candidate what AIQ is asked about; null when something is wrong already */
    public record Form(AccountEntry entry, boolean isNew, String hint, Map<String, String> wrong, Account candidate) {}
}
