package aiqbridge.health;

import aiqbridge.store.StoreProbe;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health page's checks. Ready is a bridge whose own database can be written to: AIQ or a till being away is no reason to send callers elsewhere.
 * What each account, till and shop lacks, and whether the disk is nearly full, stands on the whole page alone.
 */
public final class HealthChecks implements HealthCheckRepository {
    private final StoreProbe store;
    private final HealthWatch watch;
    private boolean enabled = true;

    public HealthChecks(StoreProbe store, HealthWatch watch) {
        this.store = store;
        this.watch = watch;
    }

    @Override
    public String getId() {
        return "aiqbridge";
    }

    @Override
    public Stream<HealthCheck> stream() {
        return Stream.concat(Stream.of(new OwnDatabase()), watch.found().map(One::new));
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    private final class OwnDatabase extends AbstractHealthCheck {
        OwnDatabase() {
            super("aiqbridge", "own-database");
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            String fault = store.fault();
            if (fault == null) {
                result.up();
            } else {
                result.message(fault).down();
            }
        }
    }

    private static final class One extends AbstractHealthCheck {
        private final HealthWatch.Found found;

        One(HealthWatch.Found found) {
            super("aiqbridge", found.id());
            this.found = found;
        }

        @Override
        public boolean isReadiness() {
            return false;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            found.counts().forEach(result::detail);
            if (found.wrong().isEmpty()) {
                result.up();
            } else {
                result.message(String.join("; ", found.wrong())).down();
            }
        }
    }
}
