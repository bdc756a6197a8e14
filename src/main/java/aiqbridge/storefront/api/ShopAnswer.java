package aiqbridge.storefront.api;

/**
 * What a shop's API answered.
 *
 * @param body null when it has no such thing
 * @param link the header Link, null for none
 */
public record ShopAnswer(String body, String link) {
    @Override
    public String toString() {
        return "ShopAnswer[]";
    }
}
