package aiqbridge.aiq;

/**
 * An account whose key AIQ refused, and whose stores are read with it now.
 *
 * @param pausedAt  epoch milliseconds: which pause it is
 * @param keyWaitMs how long to wait if AIQ refuses it again
 */
public record PausedAccount(String accountId, long pausedAt, long keyWaitMs) implements AiqAsk {
    @Override
    public Priority priority() {
        return Priority.RECONCILIATION;
    }
}
