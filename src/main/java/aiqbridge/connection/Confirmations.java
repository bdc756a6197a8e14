package aiqbridge.connection;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the retailers confirmed about who redeems a selection (routes/redemption/README.md section 3): their files can change, these rows stay. */
public final class Confirmations {
    private final JdbcTemplate store;
    private final Clock clock;

    public Confirmations(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** Those that stand in the files are recorded when they are first seen. */
    public void record(StorefrontConnections storefronts) {
        storefronts.all().stream()
                .filter(shop -> shop.confirmedBy() != null)
                .forEach(shop -> record(shop, shop.confirmedBy()));
    }

    public void record(StorefrontConnection shop, String by) {
        store.update(
                "insert into confirmation (connection, statement, confirmed_by, recorded_at) values (?, ?, ?, ?) on conflict do nothing",
                shop.name(),
                shop.whoRedeems(),
                by,
                clock.millis());
    }

    /** Who confirmed who redeems, as the file has it now; empty when nobody did: then nothing is accepted for this shop. */
    public Optional<Map<String, Object>> of(StorefrontConnection shop) {
        return store
                .queryForList(
                        "select confirmed_by, recorded_at from confirmation where connection = ? and statement = ? order by recorded_at desc",
                        shop.name(),
                        shop.whoRedeems())
                .stream()
                .findFirst();
    }
}
