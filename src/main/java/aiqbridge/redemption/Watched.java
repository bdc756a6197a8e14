package aiqbridge.redemption;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;

/**
 * An attempt of which AIQ's report has to show what became of it, as {@code confirm/watched} gives it. Times are epoch milliseconds.
 *
 * @param outcome   EXECUTED: AIQ confirmed it; ABSENT: AIQ's records said that it had no effect
 * @param shownAt   when the report first showed it, null while it did not
 * @param missingAt when it last should have and did not
 * @param flag      the redemption's
 * @param doubtedFrom when the next attempt for the sale began, by AIQ's clock, while a later one is in doubt: what is shown from then on may be that one's
 */
public record Watched(
        String subjectId,
        long fence,
        String outcome,
        String contactId,
        Phone phone,
        Email email,
        String discountId,
        String transactionId,
        long startedAt,
        Long aiqStartedAt,
        long endedAt,
        int reversed,
        Long shownAt,
        Long missingAt,
        String flag,
        Long doubtedFrom,
        Integer httpStatus) {
    boolean executed() {
        return "EXECUTED".equals(outcome);
    }

    /** Whether the report has not yet said what it is watched for. */
    boolean open() {
        return !executed() || shownAt == null;
    }

    Control control() {
        return new Control(
                contactId, phone, email, discountId, transactionId, startedAt, aiqStartedAt, endedAt, reversed);
    }
}
