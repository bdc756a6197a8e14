package aiqbridge.redemption;

import aiqbridge.aiq.AiqAsk;
import java.math.BigDecimal;

/** What was sent without a clear answer, a redemption or a reversal, with what is known of its last attempt. Times are epoch milliseconds. */
public interface Attempted extends AiqAsk.OfCustomer {
    String contactId();

    String discountId();

    BigDecimal points();

    long queuedAt();

    long unknownSince();

    /** When the first of the readings that show nothing was begun, null when there is none. */
    Long absentSince();

    /** Null where another copy of the database may have sent it. */
    Long startedAt();

    /** The same by AIQ's clock, null where nobody knew it. */
    Long aiqStartedAt();

    /** Null where the process ended before its answer came. */
    Long endedAt();

    Integer httpStatus();

    /** The balance before it, null where AIQ did not show it. */
    BigDecimal walletPoints();

    /** Attempts before that certainly had no effect. */
    int resends();

    /** Those of them of which AIQ's lists alone say so. */
    default int resendsByLists() {
        return 0;
    }

    /** Those of them that AIQ answered with a refusal. */
    int refusals();

    /** Which way its effect moves the balance: -1 where it takes points, 1 where it gives them back. */
    default int effect() {
        return -1;
    }

    /** From when on what may have moved is of interest, where that is before the attempt. */
    default long listedSince() {
        return Long.MAX_VALUE;
    }
}
