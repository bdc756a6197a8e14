package aiqbridge.redemption;

import aiqbridge.AboutRedemption;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.privacy.SecretUrl;
import java.math.BigDecimal;

/**
 * Where a claimed redemption goes next; what {@code redemption-outcome} and its statements read.
 *
 * @param outcome       what the attempt's row says
 * @param httpStatus    AIQ's, null where there was no answer
 * @param nextAttemptAt epoch milliseconds: when it is claimed again, or AIQ first asked about it
 * @param pause         AIQ does not take the account's key
 * @param walletPoints  the balance before it, null where AIQ hides it
 * @param offers        how often that wallet offers the discount
 * @param sendBefore    epoch milliseconds after which the PUT must not leave any more
 */
public record Step(
        Claimed redemption,
        Next next,
        String outcome,
        Integer httpStatus,
        String detail,
        String reason,
        long nextAttemptAt,
        boolean pause,
        String aiqRedemptionId,
        BigDecimal walletPoints,
        Integer offers,
        SecretUrl redemptionUrl,
        String transactionId,
        Long refusedSince,
        int refusedReadings,
        Long sendBefore)
        implements AiqAsk.OfRedemption, AboutRedemption {
    /** Where it goes. */
    public enum Next {
        SEND,
        EXECUTED,
        UNKNOWN,
        UNSENT,
        REFUSED,
        PAUSE,
        REJECTED,
        PARK
    }

    @Override
    public String redemptionId() {
        return redemption.redemptionId();
    }

    @Override
    public String accountId() {
        return redemption.accountId();
    }

    @Override
    public String connection() {
        return redemption.connection();
    }

    @Override
    public String shop() {
        return redemption.storefront();
    }

    @Override
    public Priority priority() {
        return redemption.priority();
    }

    private static Step of(Claimed redemption, Next next, String outcome) {
        return new Step(
                redemption,
                next,
                outcome,
                null,
                null,
                null,
                0,
                false,
                null,
                null,
                null,
                null,
                redemption.transactionId(),
                redemption.refusedSince(),
                redemption.refusedReadings(),
                null);
    }

    /** To the PUT; whatever spoke against it is forgotten. */
    static Step send(Claimed redemption, BigDecimal walletPoints, int offers, SecretUrl url) {
        return new Step(
                redemption,
                Next.SEND,
                null,
                null,
                null,
                null,
                0,
                false,
                null,
                walletPoints,
                offers,
                url,
                redemption.ofShop() ? null : redemption.transactionId(),
                null,
                0,
                null);
    }

    /** Under a lease taken just now. */
    Step sendBefore(long at) {
        return new Step(
                redemption,
                next,
                outcome,
                httpStatus,
                detail,
                reason,
                nextAttemptAt,
                pause,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                at);
    }

    static Step executed(Step sent, AiqAnswer answer, String aiqRedemptionId) {
        return sent.to(Next.EXECUTED, "EXECUTED").answered(answer).aiqRedemption(aiqRedemptionId);
    }

    /** @param askAt when AIQ's own records are first asked what became of it */
    static Step unknown(Step sent, AiqAnswer answer, long askAt) {
        return sent.to(Next.UNKNOWN, "UNKNOWN").answered(answer).at(askAt).pausing(answer.keyRefused());
    }

    static Step unsent(Claimed redemption, long nextAttemptAt, String detail) {
        return of(redemption, Next.UNSENT, "NOT_SENT").because(null, detail).at(nextAttemptAt);
    }

    static Step unsent(Claimed redemption, AiqAnswer answer, long nextAttemptAt) {
        return of(redemption, Next.UNSENT, "NOT_SENT").answered(answer).at(nextAttemptAt);
    }

    static Step unsent(Step step, AiqAnswer answer, long nextAttemptAt) {
        return step.to(Next.UNSENT, "NOT_SENT").answered(answer).at(nextAttemptAt);
    }

    /** Due again by then; a wallet spoke against it, which more of them have to confirm. */
    static Step refused(Claimed redemption, String reason, String why, long since, int readings, long nextAttemptAt) {
        return of(redemption, Next.REFUSED, "NOT_SENT")
                .because(reason, why)
                .at(nextAttemptAt)
                .readings(since, readings);
    }

    static Step paused(Claimed redemption, AiqAnswer answer, long now) {
        return of(redemption, Next.PAUSE, "NOT_SENT").answered(answer).at(now);
    }

    /** @param why what AIQ says, after the words for what that means: a shop that waits gives no discount before it hears EXECUTED */
    static Step rejected(Claimed redemption, String reason, String why) {
        return of(redemption, Next.REJECTED, "REJECTED")
                .because(
                        reason,
                        (redemption.immediate()
                                        ? "Points not taken, discount not given: "
                                        : "Discount given, points not taken: ")
                                + why);
    }

    static Step parked(Claimed redemption, String reason, String detail) {
        return of(redemption, Next.PARK, "NOT_SENT").because(reason, detail);
    }

    static Step parked(Step step, String reason, String detail) {
        return step.to(Next.PARK, "NOT_SENT").because(reason, detail);
    }

    private Step to(Next where, String ended) {
        return new Step(
                redemption,
                where,
                ended,
                httpStatus,
                detail,
                reason,
                nextAttemptAt,
                pause,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                sendBefore);
    }

    private Step answered(AiqAnswer answer) {
        return new Step(
                redemption,
                next,
                outcome,
                answer.status() == 0 ? null : (Integer) answer.status(),
                answer.detail(),
                reason,
                nextAttemptAt,
                pause,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                sendBefore);
    }

    private Step because(String why, String said) {
        return new Step(
                redemption,
                next,
                outcome,
                httpStatus,
                said,
                why,
                nextAttemptAt,
                pause,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                sendBefore);
    }

    private Step at(long time) {
        return new Step(
                redemption,
                next,
                outcome,
                httpStatus,
                detail,
                reason,
                time,
                pause,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                sendBefore);
    }

    private Step pausing(boolean keyRefused) {
        return new Step(
                redemption,
                next,
                outcome,
                httpStatus,
                detail,
                reason,
                nextAttemptAt,
                keyRefused,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                sendBefore);
    }

    private Step aiqRedemption(String id) {
        return new Step(
                redemption,
                next,
                outcome,
                httpStatus,
                detail,
                reason,
                nextAttemptAt,
                pause,
                id,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                refusedSince,
                refusedReadings,
                sendBefore);
    }

    private Step readings(Long since, int count) {
        return new Step(
                redemption,
                next,
                outcome,
                httpStatus,
                detail,
                reason,
                nextAttemptAt,
                pause,
                aiqRedemptionId,
                walletPoints,
                offers,
                redemptionUrl,
                transactionId,
                since,
                count,
                sendBefore);
    }
}
