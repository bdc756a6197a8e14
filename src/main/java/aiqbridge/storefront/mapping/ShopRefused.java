package aiqbridge.storefront.mapping;

/** The shop's API answered, and not with what was asked for; trying again may help. Its sentence is kept in the row. */
public final class ShopRefused extends RuntimeException {
    public ShopRefused(String sentence) {
        super(sentence);
    }
}
