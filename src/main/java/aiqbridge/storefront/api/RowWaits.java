package aiqbridge.storefront.api;

/** Not now: the shop's API is away, busy or does not accept our token. The row waits until then, and that counts as no attempt. */
public final class RowWaits extends RuntimeException {
    private final long until;

    /** @param until epoch milliseconds; @param sentence kept in the row, null for none */
    RowWaits(long until, String sentence) {
        super(sentence);
        this.until = until;
    }

    public long until() {
        return until;
    }
}
