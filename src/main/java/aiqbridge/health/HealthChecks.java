package aiqbridge.health;

import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The health page's checks. Ready is a bridge whose own database answers: AIQ or a till being away is no reason to send callers elsewhere.
 * What each account, till and shop lacks stands on the whole page alone.
 */
public final class HealthChecks implements HealthCheckRepository {
    private final JdbcTemplate store;
    private final HealthWatch watch;
    private boolean enabled = true;

    public HealthChecks(DataSource store, HealthWatch watch) {
        this.store = new JdbcTemplate(store);
        this.watch = watch;
    }

    @Override public String getId() {
        return "aiqbridge";
    }

    @Override public Stream<HealthCheck> stream() {
        return Stream.concat(Stream.of(new OwnDatabase()), watch.found().map(One::new));
    }

    @Override public boolean isEnabled() {
        return enabled;
    }

    @Override public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    private final class OwnDatabase extends AbstractHealthCheck {
        OwnDatabase() {
            super("aiqbridge", "own-database");
        }

        @Override protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            try {
                store.queryForObject("select 1", Integer.class);
                result.up();
            } catch (DataAccessException e) {
                result.message("the bridge's own database does not answer").down();
            }
        }
    }

    private static final class One extends AbstractHealthCheck {
        private final HealthWatch.Found found;

        One(HealthWatch.Found found) {
            super("aiqbridge", found.id());
            this.found = found;
        }

        @Override public boolean isReadiness() {
            return false;
        }

        @Override protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            found.counts().forEach(result::detail);
            if (found.wrong().isEmpty()) {
                result.up();
            } else {
                result.message(String.join("; ", found.wrong())).down();
            }
        }
    }
}
