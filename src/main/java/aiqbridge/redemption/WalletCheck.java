package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Compares what was promised with what AIQ offers the customer now (redemption.md section 2.1). */
public final class WalletCheck {
    private final Clock clock;
    private final Duration pause;

    public WalletCheck(Clock clock, Settings settings) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
    }

    /** The row with where it goes next: SEND with the fresh URL, or the outcome without a PUT. */
    public Map<String, Object> decide(Map<String, Object> row, AiqAnswer answer) {
        return step(row, answer).asMap();
    }

    private Step step(Map<String, Object> row, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return compare(row, (Wallet) answer.value());
            case UNAUTHORIZED:
                return Step.paused(row, answer, clock.millis());
            case NOT_FOUND, REFUSED:
                return Step.parked(row, "customer-unknown", "AIQ no longer knows the customer of this redemption (" + answer.detail() + ").");
            default:
                return Step.unsent(row, answer, clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
        }
    }

    private Step compare(Map<String, Object> row, Wallet wallet) {
        String contact = (String) row.get("contact_id");
        BigDecimal promised = Points.of(row.get("points"));
        if (contact != null && wallet.contactId() != null && !contact.equals(wallet.contactId())) {
            return Step.parked(row, "other-contact", "The wallet now belongs to another AIQ contact: two people may share this phone.");
        }
        Discount discount = wallet.discount((String) row.get("discount_id")).orElse(null);
        if (discount == null) {
            return Step.rejected(row, "discount-gone", "AIQ no longer offers this discount to the customer.");
        }
        if (!discount.available()) {
            return Step.rejected(row, "discount-locked", "AIQ has locked this discount.");
        }
        if (discount.points().compareTo(promised) != 0) {
            return Step.parked(row, "price-changed", "The discount now costs " + discount.points().toPlainString() + " points, promised were " + promised.toPlainString() + ".");
        }
        if (!wallet.pointsHidden() && wallet.points().compareTo(promised) < 0) {
            return Step.rejected(row, "points-short", "the customer has " + wallet.points().toPlainString() + " points.");
        }
        return Step.send(row, wallet.pointsHidden() ? null : wallet.points(), discount.redemptionUrl())
            .with("transaction_id", List.of("IMMEDIATE", "PAID").contains(String.valueOf(row.get("model"))) ? null : row.get("transaction_id"));
    }
}
