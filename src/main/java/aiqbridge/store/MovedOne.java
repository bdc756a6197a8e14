package aiqbridge.store;

/** The check behind every state change: exactly one row moved, or somebody else moved it first. */
public final class MovedOne {
    /** @throws Lost when not exactly one row moved; the transaction around it rolls back */
    public void check(Integer rows) {
        if (rows == null || rows != 1) {
            throw new Lost(rows);
        }
    }

    public static final class Lost extends RuntimeException {
        Lost(Integer rows) {
            super("expected to move one row, moved " + rows);
        }
    }
}
