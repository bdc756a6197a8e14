package aiqbridge.crash;

import java.util.Map;

class SqliteCrashIT extends CrashContract {
    @Override
    Map<String, String> store() {
        return Map.of();
    }

    @Override
    boolean triedAlways(String point) {
        return true;
    }
}
