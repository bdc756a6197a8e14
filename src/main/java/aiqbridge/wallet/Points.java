package aiqbridge.wallet;

import java.math.BigDecimal;

/** Loyalty points: decimals with at most three places (AIQ: section 1.6). */
public final class Points {
    private Points() {}

    /** A database's own kind of number, whichever it is; written as a person does: 100, not 1E+2. */
    public static BigDecimal of(Object value) {
        BigDecimal points = value instanceof BigDecimal decimal ? decimal : new BigDecimal(String.valueOf(value));
        BigDecimal bare = points.signum() == 0 ? BigDecimal.ZERO : points.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }
}
