package aiqbridge.ledger;

import aiqbridge.Sha256;
import aiqbridge.wallet.Points;
import java.util.List;

/** SHA-256 of what an entry says, and of a closed day: the day before, its totals, and its entries in their order. Digests stay comparable for ever: nothing is moved or left out here. */
final class LedgerDigest {
    /** On which the first day of an account hangs. */
    static final String BEGINNING = "0".repeat(64);

    private LedgerDigest() {}

    /** What the entry says, wherever it stands: two that changed places are recognised. */
    static String ofEntry(LedgerEntry entry) {
        return Sha256.hex(said(
                entry.accountId(),
                entry.redemptionId(),
                entry.kind(),
                entry.connection(),
                entry.location(),
                entry.transactionId(),
                entry.customerKey(),
                entry.discountId(),
                entry.discountName(),
                entry.points(),
                entry.money(),
                entry.happenedAt(),
                entry.localDate(),
                entry.aiqRedemptionId(),
                entry.employee()));
    }

    /** @param seals of its entries, in their order */
    static String ofDay(LedgerDay day, List<LedgerSeal> seals) {
        StringBuilder said = new StringBuilder(said(
                day.accountId(),
                day.dayNumber(),
                day.localDate(),
                day.entries(),
                day.pointsRedeemed(),
                day.pointsReversed(),
                day.money(),
                day.withoutMoney(),
                day.previousDigest(),
                day.closedAt()));
        seals.forEach(seal -> said.append(said(seal.ledgerId(), seal.digest())));
        return Sha256.hex(said.toString());
    }

    /** Each value with its length before it, so that no two entries read alike; numbers as every database says them. */
    private static String said(Object... values) {
        StringBuilder said = new StringBuilder();
        for (Object value : values) {
            String text = value == null
                    ? null
                    : value instanceof Number ? Points.of(value).toPlainString() : value.toString();
            said.append(text == null ? "-" : text.length() + ":" + text).append(';');
        }
        return said.toString();
    }
}
