package aiqbridge.ledger;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;

/** What entries of the ledger come to. */
public final class LedgerTotals {
    private int entries;
    private BigDecimal redeemed = BigDecimal.ZERO;
    private BigDecimal reversed = BigDecimal.ZERO;
    private BigDecimal money = BigDecimal.ZERO;
    private int withoutMoney;

    public void add(LedgerEntry entry) {
        BigDecimal points = Points.of(entry.points());
        entries++;
        if ("REVERSED".equals(entry.kind())) {
            reversed = reversed.subtract(points);
        } else {
            redeemed = redeemed.add(points);
        }
        if (entry.money() == null) {
            withoutMoney++;
        } else {
            money = money.add(Points.of(entry.money()));
        }
    }

    public int entries() {
        return entries;
    }

    /** Points that customers spent. */
    public BigDecimal redeemed() {
        return redeemed;
    }

    /** Points that they got back, a positive number. */
    public BigDecimal reversed() {
        return reversed;
    }

    /** What the discounts took off, less what was reversed, of the entries that have a value. */
    public BigDecimal money() {
        return money;
    }

    public int withoutMoney() {
        return withoutMoney;
    }

    @Override
    public String toString() {
        return entries + " entries, " + plain(redeemed) + " points redeemed, " + plain(reversed) + " reversed, "
                + plain(money) + " money"
                + (withoutMoney == 0 ? "" : " (" + withoutMoney + " entries without a value)");
    }

    private static String plain(BigDecimal number) {
        return Points.of(number).toPlainString();
    }
}
