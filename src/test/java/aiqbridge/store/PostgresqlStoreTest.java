package aiqbridge.store;

import aiqbridge.Databases;
import java.nio.file.Path;
import java.util.Map;

class PostgresqlStoreTest extends StoreContract {
    @Override
    Map<String, String> settings(Path folder) {
        return Map.of("store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "4");
    }
}
