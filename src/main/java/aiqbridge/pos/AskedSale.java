package aiqbridge.pos;

/**
 * A sale of which the till is asked what became of it.
 *
 * @param status      as it is known; UNHEARD where nothing has read it
 * @param neighbourId the next sale that is not known to be missing, of the newest the one before; null when there is none
 */
public record AskedSale(String location, String transactionId, String status, int missedSweeps, String neighbourId) {}
