package aiqbridge.storefront;

/**
 * Since when a shop has said nothing. Times are epoch milliseconds.
 *
 * @param silentAt when its silence was noted; null while none is
 * @param heardAt  null while it never said anything
 * @param usualGap between its deliveries, in milliseconds; null when there are none
 */
public record ShopsSilence(String connection, Long silentAt, Long heardAt, Long usualGap) {}
