package aiqbridge.health;

/**
 * How an account stands.
 *
 * @param paused      1 while AIQ does not accept its key, else 0
 * @param oldestDueAt epoch milliseconds, null when nothing is due
 */
public record AccountHealth(String accountId, long paused, Long oldestDueAt, long due, long unclear, long parked) {}
