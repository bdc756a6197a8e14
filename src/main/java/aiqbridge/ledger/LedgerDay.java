package aiqbridge.ledger;

/**
 * A closed day of an account. Its numbers are as the database has them: whatever anybody wrote there is to show.
 *
 * @param dayNumber      1 for the account's first closed day
 * @param previousDigest of the closed day before
 * @param closedAt       epoch milliseconds
 */
public record LedgerDay(
        String accountId,
        Object dayNumber,
        String localDate,
        Object entries,
        Object pointsRedeemed,
        Object pointsReversed,
        Object money,
        Object withoutMoney,
        String previousDigest,
        Object closedAt,
        String digest) {
    LedgerDay sealed(String itsDigest) {
        return new LedgerDay(
                accountId,
                dayNumber,
                localDate,
                entries,
                pointsRedeemed,
                pointsReversed,
                money,
                withoutMoney,
                previousDigest,
                closedAt,
                itsDigest);
    }

    int number() {
        return ((Number) dayNumber).intValue();
    }
}
