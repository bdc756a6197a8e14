package aiqbridge.pos;

/**
 * One of our notes on a sale.
 *
 * @param exact 1 in our own spelling, 0 as people write it
 */
public record SaleNote(String connection, String location, String transactionId, String note, int exact) {}
