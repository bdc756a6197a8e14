package aiqbridge.storefront;

/**
 * What an operator wants to know of the inbox first.
 *
 * @param oldestAt epoch milliseconds: when the oldest delivery that waits was received; null when none waits
 */
public record InboxCounts(Long oldestAt, long parked) {}
