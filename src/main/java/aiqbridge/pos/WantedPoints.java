package aiqbridge.pos;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;

/**
 * Points that the till's own transaction does not show yet.
 *
 * @param ownPoints of this redemption
 * @param points    of all redemptions on the sale, which is what the till shows
 */
public record WantedPoints(String redemptionId, String transactionId, BigDecimal ownPoints, BigDecimal points) {
    public WantedPoints {
        points = Points.of(points);
    }
}
