package aiqbridge.aiq;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A key that AIQ refused, which may have been a proxy's refusal (routes/redemption/README.md section 2.4): the stores are read with it after a minute, then ever
 * more rarely. While AIQ does not answer that, nothing is learnt, and it is asked again after a minute.
 */
public final class RefusedKey {
    private static final long FIRST_MS = Duration.ofMinutes(1).toMillis();
    private static final long LONGEST_MS = Duration.ofHours(1).toMillis();
    private final Clock clock;

    public RefusedKey(Clock clock) {
        this.clock = clock;
    }

    public KeyRead read(PausedAccount paused, AiqAnswer stores) {
        return switch (stores.outcome()) {
            case DONE -> new KeyRead(paused.accountId(), paused.pausedAt(), true, 0, 0);
            case NOT_SENT, UNCLEAR -> later(paused, FIRST_MS, paused.keyWaitMs());
            default -> later(paused, paused.keyWaitMs(), Math.min(2 * paused.keyWaitMs(), LONGEST_MS));
        };
    }

    private KeyRead later(PausedAccount paused, long in, long nextWait) {
        return new KeyRead(paused.accountId(), paused.pausedAt(), false, clock.millis() + in, nextWait);
    }

    /** @param readAt the one time at which the stores are read with it, 0 when a person has to enter it */
    public String sentence(List<Long> readAt) {
        return "AIQ refuses its key and nothing of it is sent; "
                + (readAt.get(0) == 0
                        ? "it was refused again after AIQ had taken it for a read, and has to be entered again."
                        : "the bridge tries it by itself, in a minute at the earliest.");
    }
}
