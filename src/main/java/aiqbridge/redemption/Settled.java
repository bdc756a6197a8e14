package aiqbridge.redemption;

import aiqbridge.AboutRedemption;

/**
 * What AIQ's own records say of an unclear redemption; what {@code redemption-settled} and its statements read.
 *
 * @param outcome         what the attempt's row says
 * @param aiqRow          AIQ's row that stands for it, null where none does
 * @param aiqRedemptionId AIQ's id, null where its row has none
 * @param against         DUE, REJECTED or PARKED: where it goes because it certainly had no effect
 * @param absentBy        LISTS where AIQ's lists alone say so, WALLET where the wallet says it too
 * @param flag            what AIQ shows that a person must understand, null for nothing
 * @param absentSince     when the first of two readings was begun that waits for its second; so the two below
 * @param nextAttemptAt   epoch milliseconds: when AIQ is asked again
 * @param now             epoch milliseconds: when this was judged
 */
public record Settled(
        Unclear redemption,
        Next next,
        String outcome,
        String detail,
        String aiqRow,
        String aiqRedemptionId,
        String against,
        String againstReason,
        String absentBy,
        String flag,
        Long absentSince,
        Long listsSilentSince,
        Long contactChangedSince,
        long nextAttemptAt,
        boolean pause,
        long now)
        implements AboutRedemption {
    /** Where it goes; ASK when the next of AIQ's records may tell more. */
    public enum Next {
        EXECUTED,
        ASK,
        AGAINST,
        WAIT,
        PARK
    }

    @Override
    public String redemptionId() {
        return redemption.redemptionId();
    }

    public String accountId() {
        return redemption.accountId();
    }
}
