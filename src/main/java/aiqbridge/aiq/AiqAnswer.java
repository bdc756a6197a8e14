package aiqbridge.aiq;

import java.time.Duration;

/**
 * What became of one call to AIQ. A call never throws for anything AIQ or the network does.
 *
 * @param status     HTTP status, 0 when no answer came
 * @param value      what the answer meant: {@link Wallet}, {@link Receipt}, {@link Lookup} …; for a 404 its body as it came, since only AIQ's own says anything; else null
 * @param retryAfter how long AIQ, the budget or the breaker wants us to wait; null when nobody said
 * @param at         when AIQ made it, by AIQ's own clock, epoch milliseconds; null where it does not say
 * @param detail     one plain clause for the operator; never a URL, a key or a phone
 */
public record AiqAnswer(Outcome outcome, int status, Object value, Duration retryAfter, Long at, String detail) {
    /** How sure we are. NOT_SENT: AIQ certainly did not run it. UNCLEAR: it may have. */
    public enum Outcome {
        DONE,
        NOT_SENT,
        REFUSED,
        NOT_FOUND,
        UNAUTHORIZED,
        UNCLEAR,
        FORBIDDEN_URL
    }

    /** The answer to a call that moves points and that has left: UNCLEAR unless it is DONE. */
    AiqAnswer doubted() {
        return outcome == Outcome.DONE || outcome == Outcome.UNCLEAR
                ? this
                : new AiqAnswer(Outcome.UNCLEAR, status, null, retryAfter, at, detail);
    }

    /** No byte of the call left. */
    public boolean neverLeft() {
        return outcome == Outcome.NOT_SENT && status == 0;
    }

    /** AIQ refused the key or the UID: the account waits for a person, whatever became of this call. */
    public boolean keyRefused() {
        return outcome == Outcome.UNAUTHORIZED || outcome == Outcome.UNCLEAR && (status == 401 || status == 403);
    }

    /** What is to be read as JSON; where there is nothing, the JSON that says so: Camel's {@code allowNullBody} loses the headers. */
    public String text() {
        return String.valueOf(value);
    }

    static AiqAnswer of(Outcome outcome, int status, String detail) {
        return new AiqAnswer(outcome, status, null, null, null, detail);
    }

    /** The same, made by AIQ then. */
    AiqAnswer madeAt(Long when) {
        return new AiqAnswer(outcome, status, value, retryAfter, when, detail);
    }
}
