package aiqbridge.crash;

import aiqbridge.Databases;
import java.util.Map;
import java.util.Set;

/** A killed bridge's server lives on: here a transaction is ended by another process, and others' go on meanwhile. */
class PostgresqlCrashIT extends CrashContract {
    /** The statements that PostgreSQL has for itself, all of which claim rows, and one cut for each way to hold a transaction; what else is killed does not ask which database it is. */
    private static final Set<String> ALWAYS = Set.of(
            "after:redemption-promise-row",
            "after:pos-sales-heard-rows",
            "after:redemption-execute-claim",
            "aiq:redeem hang-after-effect",
            "after:redemption-executed-row",
            "after:reversal-execute-claim",
            "after:reversal-done-ledger",
            "before:redemption-request-now",
            "after:inbox-keep-row",
            "after:inbox-work-claim",
            "after:cart-send-claim");

    @Override
    Map<String, String> store() {
        return Map.of("STORE_URL", Databases.postgresql(), "STORE_USERNAME", "postgres");
    }

    @Override
    boolean triedAlways(String point) {
        return ALWAYS.contains(point);
    }
}
