package aiqbridge.pos;

import aiqbridge.Settings;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of the sales that were redeemed: the till is asked by their ids, so that neither an edited date nor a cancellation weeks later hides it (routes/pos/README.md section 5.3). A sale is gone
 * only where a later one, or for the newest the one before, still stands: a till that was restored or emptied has deleted nothing. A neighbour that is missing itself makes room for the next.
 */
public final class StandingSales {
    private static final int PAGE = 500;
    private final Clock clock;
    private final long keptMillis;

    public StandingSales(Settings settings, Clock clock) {
        this.clock = clock;
        this.keptMillis = settings.duration("retention.settled").toMillis();
    }

    public StandingPage begin(String connection) {
        return new StandingPage(connection, clock.millis() - keptMillis, "", List.of(), List.of(), 1);
    }

    public StandingPage page(StandingPage last, List<AskedSale> sales) {
        return new StandingPage(
                last.connection(),
                last.keptSince(),
                sales.isEmpty() ? last.after() : sales.get(sales.size() - 1).transactionId(),
                sales,
                sales.stream()
                        .flatMap(sale -> Stream.of(sale.transactionId(), sale.neighbourId()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                sales.size() < PAGE ? 0 : 1);
    }

    /** What of it is news. */
    public List<SaleStanding> news(StandingPage page, List<SaleState> told) {
        Map<String, String> states = new HashMap<>();
        // a make that tells two states of one sale has told none
        told.forEach(sale -> states.merge(
                key(sale.location(), sale.transactionId()),
                sale.state(),
                (one, other) -> one.equals(other) ? one : "open"));
        Stream<SaleStanding> missing = page.sales().stream()
                .filter(sale ->
                        sale.neighbourId() != null && state(states, sale.location(), sale.neighbourId()) == null)
                .map(sale -> new SaleStanding(page.connection(), sale.location(), sale.neighbourId(), "missing"))
                .distinct();
        return Stream.concat(
                        page.sales().stream()
                                .map(sale -> news(page.connection(), states, sale))
                                .flatMap(Optional::stream),
                        missing)
                .toList();
    }

    private static Optional<SaleStanding> news(String connection, Map<String, String> states, AskedSale sale) {
        String state = state(states, sale.location(), sale.transactionId());
        boolean news;
        if (state == null) {
            state = "gone";
            boolean neighbourStands =
                    sale.neighbourId() != null && state(states, sale.location(), sale.neighbourId()) != null;
            // what was deleted may get its successor later
            news = sale.status().equals("DELETED") || sale.status().equals("COMPLETED") && neighbourStands;
        } else {
            news = sale.missedSweeps() > 0
                    || switch (state) {
                        case "completed" -> !sale.status().equals("COMPLETED");
                        case "voided", "returned" -> sale.status().equals("COMPLETED");
                        default -> false;
                    };
        }
        return news
                ? Optional.of(new SaleStanding(connection, sale.location(), sale.transactionId(), state))
                : Optional.empty();
    }

    private static String state(Map<String, String> states, String location, String id) {
        return states.getOrDefault(key(location, id), states.get(key(null, id)));
    }

    private static String key(String location, String id) {
        return (location == null ? "" : location) + '\n' + id;
    }
}
