package aiqbridge.redemption;

/**
 * What a caller wants redeemed, as the row that it becomes. Times are epoch milliseconds.
 *
 * @param caller     the connection that asked; {@code connection} is the one whose sale is waited for
 * @param bodyHash   tells the same request from another one under the same key; {@code sentHash} is what earlier versions remember instead
 * @param model      POS, INFORMATIONAL, PAID or IMMEDIATE
 * @param note       for the ticket
 * @param transactionSpelling see {@link TransactionId}
 * @param cartId     what names the cart, checkout or order, as its kind writes it; {@code cartSort} which of them, null where it may be any; {@code flag} why a person should look at it from the start
 * @param storefront the shop, null for a till, as are {@code cartId} and {@code redeems}
 * @param dueAt      null where a sale or an order is waited for
 */
public record Wish(
        String caller,
        String accountId,
        String requestKey,
        String bodyHash,
        String sentHash,
        String redemptionId,
        String note,
        long now,
        String sessionId,
        String discountId,
        String connection,
        String location,
        String model,
        String status,
        long expiresAt,
        String transactionId,
        String transactionSpelling,
        String employee,
        String cartId,
        String cartSort,
        String flag,
        String storefront,
        String redeems,
        Long dueAt) {
    /** A shop waits for it. */
    boolean immediate() {
        return model.equals("IMMEDIATE");
    }
}
