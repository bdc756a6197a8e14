package aiqbridge.operator;

import aiqbridge.StartRefused;
import aiqbridge.connection.Connections;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The redemptions that people have to look at, with their reversals: why, what is known, and what may be done. Which they are says the view {@code needs_look} of the database, for the page, the
 * commands, the metrics and the health page alike.
 */
public final class NeedsLook {
    private final JdbcTemplate store;
    private final Connections connections;
    private final RedemptionStory.Teller stories;
    private final RedemptionDecisions redemptions;
    private final ReversalDecisions reversals;
    private final Clock clock;

    /** @param home the folder that holds routes/ */
    public NeedsLook(DataSource store, Path home, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
        this.stories = new RedemptionStory.Teller(store);
        this.redemptions = new RedemptionDecisions(store, home, connections, clock);
        this.reversals = new ReversalDecisions(store, home, clock);
        this.clock = clock;
    }

    /**
     * @param since    of the oldest reason, in the account's zone
     * @param evidence the sale or order, each call to AIQ with its outcome, what AIQ's own records showed and when
     * @param choices  what may be decided now, by somebody who looked in AIQ
     */
    public record Line(
            RedemptionLine redemption,
            String since,
            List<Why> why,
            List<RedemptionStory.Event> evidence,
            List<Choice> choices) {}

    /** @param reason as it stands in the database */
    public record Why(String reason, String words, String action) {
        static Why of(String reason) {
            Reasons.Reason known = Reasons.of(reason);
            return new Why(reason, known.words(), known.action());
        }
    }

    /**
     * Those that need one longest come first.
     *
     * @param account    null for any
     * @param connection a till or a storefront, null for any
     * @throws StartRefused for an account or a connection that there is not
     */
    public List<Line> list(String account, String connection, int limit) {
        StringBuilder where = new StringBuilder();
        List<Object> values = new ArrayList<>(List.of(clock.millis()));
        if (account != null) {
            RedemptionList.known(store, account);
            where.append(" and r.account_id = ?");
            values.add(account);
        }
        if (connection != null) {
            where.append(
                    RedemptionList.ofShop(connections, connection) ? " and r.storefront = ?" : " and r.connection = ?");
            values.add(connection);
        }
        values.add(limit);
        return store
                .queryForList(
                        "select n.redemption_id, min(n.since) as since from needs_look n join redemption r on r.redemption_id = n.redemption_id where n.look_at <= ?"
                                + where + " group by n.redemption_id order by 2, 1 limit ?",
                        values.toArray())
                .stream()
                .map(row -> line((String) row.get("redemption_id"), row.get("since")))
                .toList();
    }

    private Line line(String id, Object since) {
        RedemptionStory.Evidence evidence = stories.evidence(id);
        List<RedemptionStory.Event> events = new ArrayList<>(evidence.events());
        if (evidence.redemption().sale() == null) {
            redemptions.sales(id).forEach(sale -> events.add(mayBeItsSale(sale, evidence.zone())));
        }
        return new Line(evidence.redemption(), LocalTime.of(since, evidence.zone()), why(id), events, choices(id));
    }

    private static RedemptionStory.Event mayBeItsSale(Map<String, Object> sale, String zone) {
        return new RedemptionStory.Event(
                LocalTime.of(sale.get("completed_at"), zone),
                "Sale " + sale.get("transaction_id") + " over "
                        + RedemptionStory.Teller.money(sale.get("total"))
                        + (sale.get("employee") == null ? "" : " by " + sale.get("employee")) + " may be its own",
                ((Number) sale.get("bears_note")).intValue() == 1
                        ? "it bears its note"
                        : "it is the customer's, and shows discounts");
    }

    /** Why this one needs a look; nothing where it does not. */
    public List<Why> why(String redemptionId) {
        return store
                .queryForList(
                        "select reason from needs_look where redemption_id = ? and look_at <= ? order by decided desc, since, reason",
                        String.class,
                        redemptionId,
                        clock.millis())
                .stream()
                .distinct()
                .map(Why::of)
                .toList();
    }

    /** What may be decided about it and its reversal. */
    public List<Choice> choices(String redemptionId) {
        return Stream.concat(
                        redemptions.choices(redemptionId).stream(), reversals.choices("v-" + redemptionId).stream())
                .toList();
    }

    /** How many there are now. */
    public long count() {
        return count(store, clock);
    }

    static long count(JdbcTemplate store, Clock clock) {
        return store.queryForObject(
                "select count(distinct redemption_id) from needs_look where look_at <= ?", Long.class, clock.millis());
    }

    /** How many there are now of those that an account queued from the one time until before the other, epoch milliseconds. */
    public long count(String account, long from, long to) {
        return store.queryForObject(
                "select count(distinct n.redemption_id) from needs_look n join redemption r on r.redemption_id = n.redemption_id where n.look_at <= ? and r.account_id = ? and r.queued_at >= ? and r.queued_at < ?",
                Long.class,
                clock.millis(),
                account,
                from,
                to);
    }
}
