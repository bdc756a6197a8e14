package aiqbridge.health;

/**
 * How a shop stands.
 *
 * @param silent   1 while it has been silent for longer than usual, else 0
 * @param braked   1 while the brake stops its reversals, else 0
 * @param oldestAt epoch milliseconds: when the oldest delivery that waits was received; null when none waits
 */
public record ShopHealth(String connection, long silent, String lastError, long braked, Long oldestAt, long parked) {
    /** Of one that nothing was received from yet. */
    static ShopHealth unknown(String connection) {
        return new ShopHealth(connection, 0, null, 0, null, 0);
    }
}
