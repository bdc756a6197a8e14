package aiqbridge.stop;

import aiqbridge.api.Problem;
import java.time.Duration;

/** Tells callers at once that what they ask for would change something at AIQ and is stopped; nothing is kept of it. */
public final class StopDoor {
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private final Stops stops;

    public StopDoor(Stops stops) {
        this.stops = stops;
    }

    /** @throws Problem 503 while a stop stands for the account or one of the connections; null is none */
    public void admit(String account, String connection, String other) {
        if (stops.stands(account, connection, other)) {
            throw stopped();
        }
    }

    /** What a caller hears while it stands. */
    public static Problem stopped() {
        return new Problem(
                        503,
                        "stopped",
                        "The retailer has stopped the loyalty programme here; nothing was redeemed and nothing will be. Continue without loyalty, or try again later.")
                .after(AGAIN);
    }
}
