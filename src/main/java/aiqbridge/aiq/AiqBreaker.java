package aiqbridge.aiq;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stops calling one AIQ operation for an account while it fails. It closes only after a good read (the stores, which are
 * therefore never stopped), never by trying a PUT.
 */
public final class AiqBreaker {
    private static final CircuitBreakerConfig CONFIG = CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofDays(3650))
            .build();
    private static final String PROBE = "stores";
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    public boolean open(String account, String operation) {
        return of(account, operation).getState() == CircuitBreaker.State.OPEN;
    }

    public void heard(String account, String operation, AiqAnswer.Outcome outcome) {
        if (operation.equals(PROBE)) {
            return;
        }
        CircuitBreaker breaker = of(account, operation);
        switch (outcome) {
            case UNCLEAR, NOT_SENT -> breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException());
            default -> breaker.onSuccess(0, TimeUnit.MILLISECONDS);
        }
    }

    /** AIQ answers this account again: all its operations may be tried. */
    public void probeSucceeded(String account) {
        breakers.forEach((key, breaker) -> {
            if (key.startsWith(account + "/") && breaker.getState() == CircuitBreaker.State.OPEN) {
                breaker.transitionToClosedState();
            }
        });
    }

    public Set<String> openAccounts() {
        Set<String> open = new TreeSet<>();
        breakers.forEach((key, breaker) -> {
            if (breaker.getState() == CircuitBreaker.State.OPEN) {
                open.add(key.substring(0, key.indexOf('/')));
            }
        });
        return open;
    }

    /** What {@code direct:aiq-stores} needs to ask for one account. */
    public AiqAsk probe(String account) {
        return new AiqAsk.OfAccount(account, Priority.RECONCILIATION);
    }

    private CircuitBreaker of(String account, String operation) {
        return breakers.computeIfAbsent(account + "/" + operation, name -> CircuitBreaker.of(name, CONFIG));
    }
}
