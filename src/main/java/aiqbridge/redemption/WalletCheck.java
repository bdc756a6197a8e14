package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Compares what was promised with what AIQ offers the customer now (routes/redemption/README.md section 2.1). A wallet that is not whole says nothing, and one wallet that
 * speaks against the redemption is not the last word: three over {@code redemption.refused-for} are, unless a caller waits.
 */
public final class WalletCheck {
    private static final int READINGS = 3;
    private final Clock clock;
    private final Duration pause;
    private final Duration refusedFor;

    public WalletCheck(Clock clock, Settings settings) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
        this.refusedFor = settings.duration("redemption.refused-for");
    }

    /** The row with where it goes next: SEND with the fresh URL, or the outcome without a PUT. */
    public Step decide(Claimed row, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return compare(row, (Wallet) answer.value());
            case UNAUTHORIZED:
                return Step.paused(row, answer, clock.millis());
            case NOT_FOUND, REFUSED:
                String unknown = "AIQ no longer knows the customer of this redemption (" + answer.detail() + ").";
                return refused(row, "customer-unknown", unknown, () -> Step.parked(row, "customer-unknown", unknown));
            default:
                return Step.unsent(
                        row,
                        answer,
                        clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
        }
    }

    private Step compare(Claimed row, Wallet wallet) {
        if (!wallet.whole()) {
            return Step.unsent(
                    row,
                    clock.millis() + pause.toMillis(),
                    "AIQ's wallet lacks its list of discounts, their points or the balance");
        }
        String contact = row.contactId();
        BigDecimal promised = row.points();
        if (contact != null && wallet.contactId() != null && !contact.equals(wallet.contactId())) {
            return Step.parked(
                    row,
                    "other-contact",
                    "The wallet now belongs to a different AIQ contact: two people may share this phone.");
        }
        Discount discount = wallet.discount(row.discountId()).orElse(null);
        if (discount == null) {
            return refused(row, "discount-gone", "AIQ no longer offers this discount to the customer.");
        }
        if (!discount.available()) {
            return refused(row, "discount-locked", "AIQ has locked this discount.");
        }
        if (discount.points() == null) {
            return Step.unsent(
                    row, clock.millis() + pause.toMillis(), "AIQ's price of the discount makes no sense at present");
        }
        if (discount.points().compareTo(promised) != 0) {
            return Step.parked(
                    row,
                    "price-changed",
                    "The discount now costs " + discount.points().toPlainString() + " points instead of the promised "
                            + promised.toPlainString() + ".");
        }
        if (wallet.points() != null && wallet.points().compareTo(promised) < 0) {
            return refused(
                    row, "points-short", "the customer has " + wallet.points().toPlainString() + " points.");
        }
        return Step.send(row, wallet.points(), wallet.offers(discount.id()), discount.redemptionUrl());
    }

    private Step refused(Claimed row, String reason, String why) {
        return refused(row, reason, why, () -> Step.rejected(row, reason, why));
    }

    /** Final for a caller who waits and gives no discount, or when it was said often and long enough; else it is asked again. */
    private Step refused(Claimed row, String reason, String why, Supplier<Step> last) {
        long now = clock.millis();
        long since = row.refusedSince() == null ? now : row.refusedSince();
        int readings = row.refusedReadings() + 1;
        boolean enough = readings >= READINGS && now - since >= refusedFor.toMillis();
        return enough || row.immediate()
                ? last.get()
                : Step.refused(
                        row,
                        reason,
                        why,
                        since,
                        readings,
                        now + refusedFor.dividedBy(READINGS - 1).toMillis());
    }
}
