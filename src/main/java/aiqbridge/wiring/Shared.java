package aiqbridge.wiring;

import aiqbridge.Settings;
import aiqbridge.account.StoredAccounts;
import aiqbridge.connection.Connections;
import aiqbridge.network.Network;
import aiqbridge.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What beans of most packages are made of.
 *
 * @param home the folder that holds routes/ and config/
 */
public record Shared(
        Path home,
        Settings settings,
        Clock clock,
        Store store,
        StoredAccounts accounts,
        Connections connections,
        Network network,
        MeterRegistry metrics) {}
