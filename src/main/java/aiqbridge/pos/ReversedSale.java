package aiqbridge.pos;

import java.math.BigDecimal;

/**
 * A void, return or deletion as the till reports it.
 *
 * @param kind       void, return or deleted
 * @param reversedAt epoch milliseconds
 * @param amount     null: the whole sale
 * @param originalTransactionId empty when the make cannot tell which sale it was
 * @param whole      1 when all that was sold has come back by now, 0 when not, null when the make does not know
 * @param candidates the sales that it may be of, with commas before, between and after, where the make cannot tell which one; else null
 */
public record ReversedSale(
        String connection,
        String location,
        String transactionId,
        String originalTransactionId,
        String kind,
        long reversedAt,
        BigDecimal amount,
        Integer whole,
        String candidates) {}
