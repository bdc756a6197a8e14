package aiqbridge.storefront;

import aiqbridge.storefront.StorefrontConnection.Redeems;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the retailers confirmed about who redeems a selection (redemption.md section 3): their files can change, these rows stay. */
public final class Confirmations {
    private final JdbcTemplate store;
    private final Clock clock;

    public Confirmations(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** Each is recorded when it is first seen. */
    public void record(StorefrontConnections storefronts) {
        for (StorefrontConnection shop : storefronts.all()) {
            if (shop.confirmedBy() != null) {
                String statement = shop.redeems() == Redeems.BRIDGE ? "redeems = bridge, pos = " + shop.pos() : "redeems = pos-native";
                store.update("insert into confirmation (connection, statement, confirmed_by, recorded_at) values (?, ?, ?, ?) on conflict do nothing", shop.name(), statement, shop.confirmedBy(), clock.millis());
            }
        }
    }
}
