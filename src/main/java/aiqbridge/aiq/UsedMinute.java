package aiqbridge.aiq;

/**
 * How many calls an account used in a minute.
 *
 * @param minute of the epoch
 */
public record UsedMinute(String accountId, long minute, long used) {}
