package aiqbridge.dryrun;

import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqCall;
import java.time.Duration;

/** In the place of the gate to AIQ: nothing leaves, so nothing is ever heard. */
public final class NobodyAtAiq {
    private static final AiqAnswer NOT_SENT =
            new AiqAnswer(AiqAnswer.Outcome.NOT_SENT, 0, null, Duration.ofMinutes(1), null, "a dry run makes no calls");

    public Object enter(AiqCall call) {
        return NOT_SENT;
    }

    public AiqAnswer heard(AiqCall call, Integer status, String retryAfter, String body) {
        return NOT_SENT;
    }

    public AiqAnswer failed(AiqCall call, Throwable cause) {
        return NOT_SENT;
    }
}
