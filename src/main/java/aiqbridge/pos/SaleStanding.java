package aiqbridge.pos;

/**
 * What became of a sale.
 *
 * @param state completed, voided, returned, open, or gone
 */
public record SaleStanding(String connection, String location, String transactionId, String state) {}
