package aiqbridge.pos;

/**
 * What a make says has become of a sale.
 *
 * @param location null where the make does not tell it
 * @param state    completed, voided, returned or open
 */
public record SaleState(String location, String transactionId, String state) {}
