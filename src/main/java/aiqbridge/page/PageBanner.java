package aiqbridge.page;

import aiqbridge.connection.Connections;
import aiqbridge.page.Frame.Warning;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong at present, in a sentence each, on top of every page. */
public final class PageBanner {
    private final JdbcTemplate store;
    private final Connections connections;
    private final Clock clock;

    public PageBanner(DataSource store, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
        this.clock = clock;
    }

    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        store.query("select account_id, brand, paused_reason, held_until from account where paused_reason is not null or held_until > ? order by account_id", row -> {
            warnings.add(row.getString("paused_reason") != null ? new Warning("AIQ refuses the API key of " + row.getString("brand") + ". Nothing is redeemed until it is entered again.", "/accounts/" + row.getString("account_id"))
                : new Warning("AIQ does not answer for " + row.getString("brand") + " at present. Rewards wait and go on by themselves.", "/accounts"));
        }, clock.millis());
        store.query("select connection from pos_poll where last_error is not null order by connection", row -> {
            known(warnings, row.getString(1), "The database of the till %s cannot be read at present. Its sales wait there and are read later.");
        });
        store.query("select connection from storefront_state where silent_at is not null order by connection", row -> {
            known(warnings, row.getString(1), "The shop %s has said nothing for longer than usual. It may have switched its webhooks off.");
        });
        return warnings;
    }

    private void known(List<Warning> warnings, String connection, String sentence) {
        if (connections.find(connection).isPresent()) {
            warnings.add(new Warning(String.format(sentence, connection), "/connections/" + connection));
        }
    }
}
