package aiqbridge.reversal;

import aiqbridge.AboutRedemption;
import java.math.BigDecimal;

/**
 * Where a reversal goes next; what {@code reversal-outcome-steps}, {@code reversal-settled} and their statements read.
 *
 * @param next          a status, or SEND, ASK or WAIT
 * @param outcome       what the attempt's row says
 * @param nextMethod    REVERSAL or ADJUSTMENT: how it is sent when it is sent again
 * @param nextAttemptAt epoch milliseconds: when it is sent, or AIQ asked, again
 * @param httpStatus    AIQ's, null where there was no answer
 * @param pause         AIQ does not take the account's key
 * @param walletPoints  the balance before it, null where AIQ hides it
 * @param aiqRow        AIQ's row that stands for it, null where none does
 * @param now           epoch milliseconds: when this was judged
 */
public record ReversalStep(
        Reversal reversal,
        String next,
        String outcome,
        String nextMethod,
        long nextAttemptAt,
        Integer httpStatus,
        String detail,
        String reason,
        Long absentSince,
        boolean pause,
        BigDecimal walletPoints,
        String aiqRow,
        long now)
        implements AboutRedemption {
    @Override
    public String redemptionId() {
        return reversal.redemptionId();
    }

    public String accountId() {
        return reversal.accountId();
    }

    public String method() {
        return reversal.method();
    }

    /** What AIQ refused with the key: the reversal itself, or the wallet before it. */
    public String refusedCall() {
        return next.equals("UNKNOWN") ? method() : "WALLET";
    }

    ReversalStep at(long time) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                nextMethod,
                time,
                httpStatus,
                detail,
                reason,
                absentSince,
                pause,
                walletPoints,
                aiqRow,
                now);
    }

    ReversalStep by(String way) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                way,
                nextAttemptAt,
                httpStatus,
                detail,
                reason,
                absentSince,
                pause,
                walletPoints,
                aiqRow,
                now);
    }

    ReversalStep because(String why) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                nextMethod,
                nextAttemptAt,
                httpStatus,
                detail,
                why,
                absentSince,
                pause,
                walletPoints,
                aiqRow,
                now);
    }

    ReversalStep pausing(boolean keyRefused) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                nextMethod,
                nextAttemptAt,
                httpStatus,
                detail,
                reason,
                absentSince,
                keyRefused,
                walletPoints,
                aiqRow,
                now);
    }

    ReversalStep before(BigDecimal points) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                nextMethod,
                nextAttemptAt,
                httpStatus,
                detail,
                reason,
                absentSince,
                pause,
                points,
                aiqRow,
                now);
    }
}
