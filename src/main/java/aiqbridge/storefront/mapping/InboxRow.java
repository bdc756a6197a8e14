package aiqbridge.storefront.mapping;

/**
 * A delivery of the inbox that is being processed. Times are epoch milliseconds.
 *
 * @param headers as a JSON object, null where none were stored
 * @param body    as it was received, null once it was deleted
 */
public record InboxRow(
        Long inboxId,
        String connection,
        String source,
        String topic,
        String contentType,
        String headers,
        String body,
        Long receivedAt,
        Integer attempts) {}
