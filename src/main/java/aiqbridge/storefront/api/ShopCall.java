package aiqbridge.storefront.api;

/**
 * A question to a shop's API.
 *
 * @param path  below the connection's api.url, encoded
 * @param query encoded, null for none
 */
public record ShopCall(String connection, String path, String query) {
    @Override
    public String toString() {
        return "ShopCall[" + connection + "]";
    }
}
