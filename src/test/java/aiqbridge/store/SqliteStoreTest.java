package aiqbridge.store;

import java.nio.file.Path;
import java.util.Map;

class SqliteStoreTest extends StoreContract {
    @Override
    Map<String, String> settings(Path folder) {
        return Map.of("store.url", "jdbc:sqlite:" + folder.resolve("bridge.db"));
    }
}
