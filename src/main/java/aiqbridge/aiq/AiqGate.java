package aiqbridge.aiq;

import aiqbridge.NewsOnly;
import aiqbridge.Settings;
import aiqbridge.network.ProxyFault;
import aiqbridge.stop.Stops;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Lets a call out when the breaker and the budget allow it, and says afterwards how sure we are of what AIQ did; counter {@code aiqbridge_aiq_calls_total} of what left, by account, operation and outcome. */
public final class AiqGate {
    private static final Logger LOG = LoggerFactory.getLogger(AiqGate.class);
    private final Stops stops;
    private final AiqBreaker breaker;
    private final AiqBudget budget;
    private final Clock clock;
    private final Duration patience;
    private final Duration pause;
    private final MeterRegistry metrics;
    private final AiqClock aiqClock;
    private volatile Listener listener = (call, status, retryAfter, at, body) -> {};

    /** Hears every answer as it came, whatever it means. */
    public interface Listener {
        /**
         * @param at   when AIQ made it, by its own clock, epoch milliseconds; null where it does not say
         * @param body a customer's own: for nobody's log
         */
        void heard(AiqCall call, int status, String retryAfter, Long at, String body);
    }

    public AiqGate(
            Stops stops,
            AiqBreaker breaker,
            AiqBudget budget,
            AiqClock aiqClock,
            MeterRegistry metrics,
            Clock clock,
            Settings settings) {
        this.stops = stops;
        this.aiqClock = aiqClock;
        this.metrics = metrics;
        this.breaker = breaker;
        this.budget = budget;
        this.clock = clock;
        this.patience = settings.duration("aiq.person-waits");
        this.pause = settings.duration("aiq.pause");
    }

    /** For whoever asks what AIQ's answers look like; a bridge that runs has nobody. */
    public void listen(Listener listener) {
        this.listener = listener;
    }

    /** The call itself when it may leave, else the answer that it did not. */
    public Object enter(AiqCall call) {
        if (breaker.open(call.accountId(), call.operation())) {
            return unsent(0, pause, "AIQ is not answering");
        }
        long giveUp = System.nanoTime() + (call.priority() == Priority.PERSON ? patience.toNanos() : 0);
        while (!budget.take(call.accountId(), call.priority())) {
            if (System.nanoTime() >= giveUp) {
                return unsent(0, budget.wait(call.accountId(), call.priority()), "AIQ's rate limit is used up");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(25_000_000);
        }
        if (call.sendBefore() != null && clock.millis() >= call.sendBefore()) {
            return unsent(0, Duration.ZERO, "the process was delayed and too little of the lease is left to send now");
        }
        return call.changesSomething() && stopped(call)
                ? unsent(0, pause, "an emergency stop stands")
                : call.leaving(clock.millis());
    }

    /** Asked last of all. Where nobody can say, it is. */
    private boolean stopped(AiqCall call) {
        try {
            return stops.stands(call.accountId(), call.connection(), call.shop());
        } catch (DataAccessException e) {
            LOG.warn("{} does not leave: whether a stop stands cannot be read: {}", call, NewsOnly.named(e));
            return true;
        }
    }

    /**
     * What the status says; DONE still has to be read in full. Of a call that moves points it says nothing but that: only a 2xx counts, everything else is
     * UNCLEAR, whatever it is called (routes/redemption/README.md section 1). For the breaker and the budget it is what it says.
     */
    public AiqAnswer heard(AiqCall call, Integer status, String retryAfter, String date, String age, String body) {
        Long at = AiqClock.at(date, AiqClock.age(age));
        aiqClock.heard(call.accountId(), call.leftAt(), at, AiqClock.age(age));
        listener.heard(call, status, retryAfter, at, body);
        AiqAnswer answer = answer(status, wait(retryAfter), body).madeAt(at);
        count(call, answer);
        if (answer.outcome() == AiqAnswer.Outcome.NOT_SENT) {
            budget.block(call.accountId(), clock.millis() + answer.retryAfter().toMillis());
        } else {
            breaker.heard(call.accountId(), call.operation(), answer.outcome());
        }
        return call.movesPoints() ? answer.doubted() : answer;
    }

    /** The network failed: what never had a connection certainly did not run; everything else may have. */
    public AiqAnswer failed(AiqCall call, Throwable cause) {
        AiqAnswer answer = neverConnected(cause)
                ? unsent(
                        0,
                        pause,
                        "AIQ could not be reached: "
                                + ProxyFault.why(cause).orElse(cause.getClass().getSimpleName()))
                : AiqAnswer.of(AiqAnswer.Outcome.UNCLEAR, 0, "no readable answer: " + NewsOnly.named(cause));
        breaker.heard(call.accountId(), call.operation(), answer.outcome());
        count(call, answer);
        return answer;
    }

    private void count(AiqCall call, AiqAnswer answer) {
        metrics.counter(
                        "aiqbridge.aiq.calls",
                        "account",
                        call.accountId(),
                        "operation",
                        call.operation(),
                        "outcome",
                        answer.outcome().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private AiqAnswer answer(int status, Duration wait, String body) {
        if (status == 429) {
            return unsent(status, wait == null ? pause : wait, "AIQ's rate limit is used up");
        }
        if (status == 503 && wait != null) {
            return unsent(status, wait, "AIQ asked us to wait");
        }
        if (status >= 500 || status == 408 || status < 200 || status >= 300 && status < 400) {
            return AiqAnswer.of(AiqAnswer.Outcome.UNCLEAR, status, "AIQ answered " + status);
        }
        if (status == 401 || status == 403) {
            return AiqAnswer.of(AiqAnswer.Outcome.UNAUTHORIZED, status, "AIQ does not accept the API key or the UID");
        }
        if (status == 404) {
            return new AiqAnswer(AiqAnswer.Outcome.NOT_FOUND, status, body, null, null, "AIQ answered 404");
        }
        if (status >= 400) {
            return AiqAnswer.of(AiqAnswer.Outcome.REFUSED, status, "AIQ refused with " + status);
        }
        return new AiqAnswer(AiqAnswer.Outcome.DONE, status, body, null, null, "AIQ answered " + status);
    }

    private AiqAnswer unsent(int status, Duration wait, String detail) {
        return new AiqAnswer(AiqAnswer.Outcome.NOT_SENT, status, null, wait, null, detail);
    }

    private static boolean neverConnected(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof UnknownHostException
                    || t instanceof NoRouteToHostException
                    || t instanceof ConnectTimeoutException
                    || t instanceof ConnectionRequestTimeoutException
                    || t instanceof SSLHandshakeException
                    || t instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /** Retry-After in seconds or as a date (RFC 9110 section 10.2.3), at most an hour; null when there is none. */
    private Duration wait(String retryAfter) {
        if (retryAfter == null || retryAfter.isBlank()) {
            return null;
        }
        Duration wait;
        try {
            wait = retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(
                            clock.instant(), ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return null;
        }
        Duration longest = Duration.ofHours(1);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait;
    }
}
