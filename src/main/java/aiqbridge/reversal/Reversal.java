package aiqbridge.reversal;

import aiqbridge.AboutRedemption;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.redemption.Attempted;
import aiqbridge.wallet.Points;
import java.math.BigDecimal;

/** Points that go back. */
public sealed interface Reversal extends AiqAsk.OfCustomer, AiqAsk.OfReversal, AboutRedemption {
    String reversalId();

    /** REVERSAL or ADJUSTMENT. */
    String method();

    long fence();

    /**
     * One that this process may send while its lease runs, as {@code execute/claim} gives it.
     *
     * @param claimedAt epoch milliseconds
     */
    record Claimed(
            String reversalId,
            String redemptionId,
            String accountId,
            String connection,
            String storefront,
            String method,
            String reference,
            long fence,
            long claimedAt,
            Priority priority,
            Phone phone,
            Email email,
            String contactId,
            String discountId,
            String aiqRedemptionId,
            BigDecimal points)
            implements Reversal {
        public Claimed {
            points = Points.of(points);
        }

        @Override
        public String shop() {
            return storefront;
        }
    }

    /**
     * The same with the time until which its call may leave.
     *
     * @param sendBefore epoch milliseconds
     */
    record Call(Claimed reversal, Long sendBefore) implements AiqAsk.OfReversal, AboutRedemption {
        @Override
        public String redemptionId() {
            return reversal.redemptionId();
        }

        @Override
        public String accountId() {
            return reversal.accountId();
        }

        @Override
        public String connection() {
            return reversal.connection();
        }

        @Override
        public String shop() {
            return reversal.storefront();
        }

        @Override
        public Priority priority() {
            return reversal.priority();
        }

        @Override
        public String contactId() {
            return reversal.contactId();
        }

        @Override
        public String discountId() {
            return reversal.discountId();
        }

        @Override
        public String aiqRedemptionId() {
            return reversal.aiqRedemptionId();
        }

        @Override
        public BigDecimal points() {
            return reversal.points();
        }

        @Override
        public String reference() {
            return reversal.reference();
        }
    }

    /**
     * An UNKNOWN one of which AIQ is asked now, as {@code unknown-reversals} gives it.
     *
     * @param status UNKNOWN; or PARKED, for which only evidence for it is looked for
     * @param flag order-again or completed-again: what was reversed stands again
     * @param resendStopped 1 while nothing of the account is sent again, else 0
     */
    record Unclear(
            String reversalId,
            String redemptionId,
            String accountId,
            String status,
            long fence,
            String method,
            String reference,
            long unknownSince,
            Long absentSince,
            Long startedAt,
            Long aiqStartedAt,
            Long endedAt,
            Integer httpStatus,
            BigDecimal walletPoints,
            String contactId,
            String discountId,
            BigDecimal points,
            String aiqRedemptionId,
            long queuedAt,
            String flag,
            int resendStopped,
            Phone phone,
            Email email,
            Priority priority,
            int resends,
            int refusals)
            implements Reversal, Attempted {
        public Unclear {
            points = Points.of(points);
            walletPoints = walletPoints == null ? null : Points.of(walletPoints);
        }

        /** A person looks already. */
        boolean parked() {
            return "PARKED".equals(status);
        }

        @Override
        public int effect() {
            return 1;
        }

        /** Its points may have been given back by hand long before the attempt. */
        @Override
        public long listedSince() {
            return queuedAt;
        }
    }
}
