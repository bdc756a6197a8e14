package aiqbridge.cart;

/**
 * What sweep and claim need to know of a shop now. Times are epoch milliseconds.
 *
 * @param carts          on or off: whether its carts may be sent
 * @param consentUnknown sent or kept: what becomes of a cart about whose consent nothing is known
 * @param olderThanOrder sent or kept: what becomes of a cart whose customer has placed an order since
 * @param idleBefore     a cart that stood still since then is abandoned
 * @param tooOldBefore   one that stood still since then is not sent any more
 * @param restoredAt     what was changed until then may have been sent before the database was restored
 * @param batch          how many carts a sweep takes at a time
 * @param room           how many calls AIQ's budget has for it
 * @param leaseUntil     until when a worker that claims one may be silent
 */
public record ShopRules(
        String connection,
        String accountId,
        String carts,
        String consentUnknown,
        String olderThanOrder,
        long idleBefore,
        long tooOldBefore,
        long restoredAt,
        long now,
        int batch,
        int room,
        long leaseUntil) {}
