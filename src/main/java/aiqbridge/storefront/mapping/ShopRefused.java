package aiqbridge.storefront.mapping;

/** The shop's API answered, and not with what was asked for; trying again may help. Its sentence is kept in the row. */
public final class ShopRefused extends RuntimeException {
    private final long until;

    public ShopRefused(String sentence) {
        this(sentence, 0);
    }

    /** @param until epoch milliseconds before which the shop does not want to be asked for it again; 0 for none */
    public ShopRefused(String sentence, long until) {
        super(sentence);
        this.until = until;
    }

    public long until() {
        return until;
    }
}
