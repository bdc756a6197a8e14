package aiqbridge.page;

import aiqbridge.connection.Connections;
import aiqbridge.page.Frame.Warning;
import aiqbridge.stop.Stops;
import aiqbridge.store.Statements;
import aiqbridge.wallet.WrongCodes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong at present, in a sentence each, on top of every page. */
public final class PageBanner {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private final JdbcTemplate store;
    private final Statements statements;
    private final Stops stops;
    private final Connections connections;
    private final Clock clock;

    /** @param home the folder that holds routes/ */
    public PageBanner(DataSource store, Stops stops, Path home, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.statements = new Statements(store, home);
        this.stops = stops;
        this.connections = connections;
        this.clock = clock;
    }

    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        stops.standing().forEach(stop -> warnings.add(new Warning(StopPage.sentence(stop, clock.millis()), "/stop")));
        store.query(
                "select account_id, brand, paused_reason, key_read_at, held_until from account where paused_reason is not null or held_until > ? order by account_id",
                row -> {
                    warnings.add(
                            row.getString("paused_reason") != null
                                    ? new Warning(
                                            "AIQ refuses the API key of " + row.getString("brand")
                                                    + (row.getObject("key_read_at") == null
                                                            ? ". Nothing is redeemed until it is entered again."
                                                            : ". The bridge tries it again by itself; nothing is redeemed until then."),
                                            "/accounts/" + row.getString("account_id"))
                                    : new Warning(
                                            "AIQ does not answer for " + row.getString("brand")
                                                    + ". Rewards wait and resume automatically.",
                                            "/accounts"));
                },
                clock.millis());
        store.query("select brand from account where carts_held_reason is not null order by account_id", row -> {
            warnings.add(new Warning(
                    "AIQ refuses the address or the key with which carts of " + row.getString("brand")
                            + " are sent. Carts wait; once it is mended: aiq-bridge carts retry.",
                    "/accounts"));
        });
        store.query("select brand from account where resend_stopped_at is not null order by account_id", row -> {
            warnings.add(new Warning(
                    "AIQ did what nobody expects of it for " + row.getString("brand")
                            + ". What had no effect is not sent again before somebody has looked (aiq-bridge brake list).",
                    "/activity/look"));
        });
        store.query("select connection from pos_poll where last_error is not null order by connection", row -> {
            known(
                    warnings,
                    row.getString(1),
                    "The database of till %s cannot be read right now. Its sales wait there and will be read later.");
        });
        store.query("select connection from pos_poll where requests_error is not null order by connection", row -> {
            known(
                    warnings,
                    row.getString(1),
                    "The request table of till %s cannot be read right now. Its requests are not answered.");
        });
        store.query("select connection from storefront_state where silent_at is not null order by connection", row -> {
            known(
                    warnings,
                    row.getString(1),
                    "The shop %s has been silent for longer than usual. It may have switched its webhooks off.");
        });
        statements.rows("routes/health/wrong-codes.sql", Map.of("now", clock.millis())).stream()
                .map(PageBanner::tried)
                .filter(WrongCodes.Tried::slowed)
                .forEach(
                        tried -> known(
                                warnings,
                                tried.connection(),
                                "With the key of %s more wrong codes were tried than people mistype. It may try one a minute; who uses it?"));
        waiting(
                warnings,
                "select count(distinct redemption_id) from needs_look where look_at <= ?",
                "%d redemption(s) need a look.",
                "/activity/look",
                clock.millis());
        waiting(
                warnings,
                "select count(*) from redemption where status = 'REJECTED' and model <> 'IMMEDIATE' and updated_at > ?",
                "In the last 24 hours, %d discount(s) were given for which AIQ refused to take the points.",
                "/activity/redemptions?status=REJECTED",
                clock.millis() - DAY_MS);
        return warnings;
    }

    private static WrongCodes.Tried tried(Map<String, Object> row) {
        return new WrongCodes.Tried(
                (String) row.get("account_id"),
                (String) row.get("connection"),
                ((Number) row.get("day")).longValue(),
                ((Number) row.get("month")).longValue(),
                ((Number) row.get("most_day")).longValue(),
                ((Number) row.get("most_month")).longValue());
    }

    private void waiting(List<Warning> warnings, String count, String sentence, String link, Object... values) {
        long waiting = store.queryForObject(count, Long.class, values);
        if (waiting > 0) {
            warnings.add(new Warning(String.format(sentence, waiting), link));
        }
    }

    private void known(List<Warning> warnings, String connection, String sentence) {
        if (connections.find(connection).isPresent()) {
            warnings.add(new Warning(String.format(sentence, connection), "/connections/" + connection));
        }
    }
}
