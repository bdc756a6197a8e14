package aiqbridge.redemption;

import java.util.HashMap;
import java.util.Map;

/**
 * Who waits for a redemption that is sent while its caller waits. A caller who leaves because our own database fails must know whether it may still be sent: either nobody sends it
 * any more, and the caller hears so, or it is under way, and the caller hears that. Kept in memory: whoever waits and whoever sends are one process, and a crash ends both.
 */
public final class Waiting {
    private final Map<String, One> known = new HashMap<>();

    private static final class One {
        private int callers;
        private int workers;
        private boolean sent;
    }

    /** A caller waits from now on. */
    public synchronized void begin(String redemption) {
        one(redemption).callers++;
    }

    /** A worker is at it from now on. */
    public synchronized void work(String redemption) {
        one(redemption).workers++;
    }

    /** Asked by the worker when it may write: true when somebody waits, and from then on it counts as sent. */
    public synchronized boolean send(String redemption) {
        One one = one(redemption);
        one.sent |= one.callers > 0;
        return one.sent;
    }

    /** The worker is done with it. */
    public synchronized void done(String redemption) {
        one(redemption).workers--;
        forgetWhenIdle(redemption);
    }

    /**
     * The caller does not wait any more.
     *
     * @param fault why it could not be given up, null when it was, if it was not sent
     * @return whether it may have been sent, or be sent yet
     * @throws Exception the fault, when nobody will send it
     */
    public synchronized boolean leave(String redemption, Exception fault) throws Exception {
        boolean sent = one(redemption).sent;
        one(redemption).callers--;
        forgetWhenIdle(redemption);
        if (fault != null && !sent) {
            throw fault;
        }
        return sent;
    }

    private One one(String redemption) {
        return known.computeIfAbsent(redemption, id -> new One());
    }

    private void forgetWhenIdle(String redemption) {
        One one = one(redemption);
        if (one.callers == 0 && one.workers == 0) {
            known.remove(redemption);
        }
    }
}
