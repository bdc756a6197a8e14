package aiqbridge.pos;

/**
 * What became of a sale.
 *
 * @param state completed, voided, returned, open, or gone; of a neighbour: missing
 */
public record SaleStanding(String connection, String location, String transactionId, String state) {}
