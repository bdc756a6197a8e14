package aiqbridge.storefront.door;

/**
 * A webhook that is worth keeping: one row of the inbox.
 *
 * @param key     the same for the same delivery, whoever sends it again
 * @param topic   null where the kind names none
 * @param headers a JSON object of the headers that the kind's mapping may want
 */
record Delivery(
        String kind,
        String connection,
        String key,
        String topic,
        String contentType,
        String headers,
        String body,
        long receivedAt) {
    @Override
    public String toString() {
        return "Delivery[" + connection + "]";
    }
}
