package aiqbridge.storefront.api;

/**
 * Whether something is one thing's fault or the whole shop's, until its kind's probe has been asked.
 *
 * @param status   what the shop answered for the thing; 0 for nothing readable
 * @param sentence what the thing's row bears when it is its own fault
 * @param until    epoch milliseconds before which the thing is not to be asked for again; 0 for none
 */
public record Doubt(ShopCall call, About about, int status, String sentence, long until) {
    /** KEY: does it refuse our token; ADDRESS: is there a shop's API at api.url at all; SHOP: does it give anything. */
    public enum About {
        KEY,
        ADDRESS,
        SHOP
    }

    @Override
    public String toString() {
        return "Doubt[" + about + "]";
    }
}
