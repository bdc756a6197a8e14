package aiqbridge.storefront.api;

/**
 * A question to a shop's API.
 *
 * @param path  below the connection's api.url, encoded
 * @param query encoded, null for none
 * @param thing what it is about, in our words: the same whenever the same is asked for
 * @param list  whether it asks for a list, not for one cart or order
 */
public record ShopCall(String connection, String path, String query, String thing, boolean list) {
    @Override
    public String toString() {
        return "ShopCall[" + connection + "]";
    }
}
