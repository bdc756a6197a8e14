package aiqbridge.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of bodies that one door holds in memory, from their first byte until what asked for them is answered: never more than its share, however many connections send.
 * Who has taken longest to send makes room for another, but not at once: many who send fast must not push each other out.
 */
final class Bodies {
    private static final long MAY_TAKE_MS = 1_000;
    private final long share;
    private final Map<ArrivingBody, Long> arriving = new LinkedHashMap<>();
    private long held;

    /** @param share bytes */
    Bodies(long share) {
        this.share = share;
    }

    synchronized void begins(ArrivingBody body) {
        arriving.put(body, System.nanoTime());
    }

    /** Whether there is room for so many bytes more. */
    synchronized boolean take(ArrivingBody body, long bytes) {
        Iterator<Map.Entry<ArrivingBody, Long>> longest = arriving.entrySet().iterator();
        while (held + bytes > share && longest.hasNext()) {
            Map.Entry<ArrivingBody, Long> one = longest.next();
            if (System.nanoTime() - one.getValue() < MAY_TAKE_MS * 1_000_000) {
                return false;
            }
            if (one.getKey() != body) {
                longest.remove();
                one.getKey().makesRoom();
            }
        }
        if (held + bytes > share) {
            return false;
        }
        held += bytes;
        return true;
    }

    synchronized void arrived(ArrivingBody body) {
        arriving.remove(body);
    }

    synchronized void giveBack(long bytes) {
        held -= bytes;
    }

    synchronized long held() {
        return held;
    }
}
