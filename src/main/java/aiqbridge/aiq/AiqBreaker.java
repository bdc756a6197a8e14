package aiqbridge.aiq;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Stops calling AIQ for an account while it fails. It closes only after a good read (the stores), never by trying a PUT. */
public final class AiqBreaker {
    private static final CircuitBreakerConfig CONFIG = CircuitBreakerConfig.custom()
        .slidingWindowSize(20).minimumNumberOfCalls(5).failureRateThreshold(50)
        .waitDurationInOpenState(Duration.ofDays(3650)).build();
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    public boolean open(String account) {
        return of(account).getState() == CircuitBreaker.State.OPEN;
    }

    public void heard(String account, AiqAnswer.Outcome outcome) {
        switch (outcome) {
            case UNCLEAR, NOT_SENT -> of(account).onError(0, java.util.concurrent.TimeUnit.MILLISECONDS, new IllegalStateException());
            default -> of(account).onSuccess(0, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }

    public void probeSucceeded(String account) {
        of(account).transitionToClosedState();
    }

    public Set<String> openAccounts() {
        Set<String> open = new TreeSet<>();
        breakers.forEach((account, breaker) -> {
            if (breaker.getState() == CircuitBreaker.State.OPEN) {
                open.add(account);
            }
        });
        return open;
    }

    private CircuitBreaker of(String account) {
        return breakers.computeIfAbsent(account, a -> CircuitBreaker.of(a, CONFIG));
    }
}
