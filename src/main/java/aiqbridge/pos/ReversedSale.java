package aiqbridge.pos;

import java.math.BigDecimal;

/**
 * A void, return or deletion as the till reports it.
 *
 * @param kind       void, return or deleted
 * @param reversedAt epoch milliseconds
 * @param amount     null: the whole sale
 */
public record ReversedSale(
        String connection,
        String location,
        String transactionId,
        String originalTransactionId,
        String kind,
        long reversedAt,
        BigDecimal amount) {}
