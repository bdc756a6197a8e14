package aiqbridge.crash;

import aiqbridge.Databases;
import java.util.Map;

class PostgresqlCrashIT extends CrashContract {
    @Override
    Map<String, String> store() {
        return Map.of("STORE_URL", Databases.postgresql(), "STORE_USERNAME", "postgres");
    }
}
