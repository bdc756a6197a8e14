package aiqbridge.health;

/**
 * How a till stands.
 *
 * @param polledAt epoch milliseconds, null before its first poll
 * @param unread   how many of its rows cannot be read, {@code unreadRow} which one was the last, and why
 * @param lateSales    how many of its sales of the last week no poll read in time, {@code unheardSales} how many nothing has read
 * @param doubted  1 while its database may be another one than before, else 0
 * @param braked   1 while the brake stops its reversals, else 0
 */
public record TillHealth(
        String connection,
        Long polledAt,
        String lastError,
        String requestsError,
        long braked,
        long writeBacksFailing,
        long unread,
        String unreadRow,
        long lateSales,
        long unheardSales,
        long doubted) {
    /** Of one that was never polled. */
    static TillHealth unknown(String connection) {
        return new TillHealth(connection, null, null, null, 0, 0, 0, null, 0, 0, 0);
    }
}
