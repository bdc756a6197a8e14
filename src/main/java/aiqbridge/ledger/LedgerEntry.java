package aiqbridge.ledger;

/**
 * An entry of the ledger. Its numbers are as the database has them: whatever anybody wrote there is to show.
 *
 * @param kind       REDEEMED or REVERSED
 * @param money      null where AIQ does not say what the discount takes off
 * @param happenedAt epoch milliseconds
 * @param localDate  the day in the account's zone
 */
public record LedgerEntry(
        long ledgerId,
        String accountId,
        String redemptionId,
        String kind,
        String connection,
        String location,
        String transactionId,
        String customerKey,
        String discountId,
        String discountName,
        Object points,
        Object money,
        Object happenedAt,
        String localDate,
        String aiqRedemptionId,
        String employee) {}
