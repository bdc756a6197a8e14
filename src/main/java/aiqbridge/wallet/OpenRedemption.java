package aiqbridge.wallet;

import java.math.BigDecimal;

/** What is promised to a customer, or was spent since the wallet was opened. */
public record OpenRedemption(String discountId, BigDecimal points) {
    public OpenRedemption {
        points = Points.of(points);
    }

    /** Of all of them. */
    public static BigDecimal points(Iterable<OpenRedemption> open) {
        BigDecimal sum = BigDecimal.ZERO;
        for (OpenRedemption one : open) {
            sum = sum.add(one.points());
        }
        return sum;
    }
}
