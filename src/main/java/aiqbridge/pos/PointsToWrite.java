package aiqbridge.pos;

import aiqbridge.AboutRedemption;

/**
 * What a make's write-back statement is bound with: {@code transaction_id, points} and {@code points_text}.
 *
 * @param pointsText the number as a person writes it
 */
public record PointsToWrite(WantedPoints wanted, String pointsText) implements AboutRedemption {
    @Override
    public String redemptionId() {
        return wanted.redemptionId();
    }
}
