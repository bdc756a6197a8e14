package aiqbridge.storefront.stories;

import java.util.ArrayList;
import java.util.List;

/** An order as it truly is in its shop. Times are epoch milliseconds. */
final class ToldOrder {
    enum State {
        UNPLACED,
        OPEN,
        PAID,
        COMPLETED,
        CANCELLED,
        REFUNDED
    }

    final int number;
    final ToldCart cart;
    State state = State.UNPLACED;
    boolean paidOnce;
    boolean deleted;
    boolean archived;
    /** Of 100. */
    int refunded;

    int version;
    final long createdAt;
    long changedAt;
    /** When it stood and when it no longer did, in turn. */
    final List<Long> turns = new ArrayList<>();

    ToldOrder(int number, ToldCart cart, long now) {
        this.number = number;
        this.cart = cart;
        this.createdAt = now;
    }

    boolean stands() {
        return !deleted && (state == State.OPEN || state == State.PAID || state == State.COMPLETED);
    }

    void becomes(State next, long now) {
        boolean stood = stands();
        state = next;
        paidOnce |= next == State.PAID || next == State.COMPLETED || next == State.REFUNDED;
        refunded = next == State.REFUNDED ? 100 : refunded;
        changed(stood, now);
    }

    void deleted(long now) {
        boolean stood = stands();
        deleted = true;
        changed(stood, now);
    }

    void changed(boolean stood, long now) {
        version++;
        changedAt = now;
        if (stood != stands()) {
            turns.add(now);
        }
    }

    @Override
    public String toString() {
        return "order " + number + " " + state + (paidOnce ? " paid once" : "") + (deleted ? " deleted" : "")
                + (refunded > 0 ? " refunded " + refunded : "") + " of " + cart.number;
    }
}
