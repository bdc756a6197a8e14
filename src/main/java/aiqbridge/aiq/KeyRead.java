package aiqbridge.aiq;

/**
 * What a read with the key of a paused account came to.
 *
 * @param nextReadAt epoch milliseconds: when it is read again, where AIQ did not take it
 * @param nextWaitMs how long to wait after that
 */
public record KeyRead(String accountId, long pausedAt, boolean accepted, long nextReadAt, long nextWaitMs) {}
