package aiqbridge.pos;

import java.util.List;

/**
 * A page of the sales that a till is asked about by their ids.
 *
 * @param keptSince      epoch milliseconds: what was chosen before can no longer be reversed
 * @param after          the last id of the page before
 * @param transactionIds those of the sales, and of their neighbours
 * @param more           1 when there may be another page, else 0
 */
public record StandingPage(
        String connection,
        long keptSince,
        String after,
        List<AskedSale> sales,
        List<String> transactionIds,
        int more) {}
