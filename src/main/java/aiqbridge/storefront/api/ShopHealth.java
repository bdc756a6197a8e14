package aiqbridge.storefront.api;

import java.util.HashMap;
import java.util.Map;

/** What is known of one shop's API: whether it is left in peace, and which things it failed to give since it last gave any. Epoch milliseconds. */
final class ShopHealth {
    /** So many different things in a row are no accident. */
    private static final int SEVERAL = 3;

    private static final int MOST = 1_000;
    private final Map<String, Integer> failing = new HashMap<>();
    private RowWaits pause;
    private boolean certain;
    private Long gave;

    /**
     * @param clock whether it is the clock that asks for what was missed: that one is kept away only by what is certain, as its answer may clear the shop
     * @throws RowWaits while the shop is left in peace
     */
    synchronized void enter(long now, boolean clock) {
        if (pause != null && pause.until() > now && (certain || !clock)) {
            throw pause;
        }
    }

    /** It gave something. What it was suspected of is over; what was certain ends by itself. */
    synchronized void gave(long now) {
        gave = now;
        failing.clear();
        pause = certain ? pause : null;
    }

    /** Whether it gave something since then. */
    synchronized boolean gaveSince(long then) {
        return gave != null && gave >= then;
    }

    /** @param status 0 for nothing readable */
    synchronized void failed(String thing, int status) {
        if (failing.size() < MOST) {
            failing.put(thing, status);
        }
    }

    synchronized boolean isSeveral() {
        return failing.size() >= SEVERAL;
    }

    /** Whether two different things met this. */
    synchronized boolean isRepeated(int status) {
        return failing.values().stream().filter(s -> s == status).count() >= 2;
    }

    /** @param certain whether it is certainly the shop's */
    synchronized RowWaits pause(long until, String sentence, boolean certain) {
        this.certain = certain;
        pause = new RowWaits(until, sentence);
        return pause;
    }
}
