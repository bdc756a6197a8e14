package aiqbridge.page;

import aiqbridge.connection.Connections;
import aiqbridge.wallet.KeptDiscount;
import aiqbridge.wallet.WalletSession;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether AIQ's rewards and the till's discounts fit together. AIQ has no list of its discounts for us (AIQ: section 1.4), so what is looked at is what customers' wallets
 * showed of late, and what the tills' sales of the last month show.
 */
public final class MappingPage {
    private static final int WALLETS = 500;
    private static final long MONTH_MS = Duration.ofDays(30).toMillis();
    private static final long SOON_MS = Duration.ofDays(14).toMillis();
    private final Connections connections;
    private final JdbcTemplate store;
    private final Clock clock;

    public MappingPage(Connections connections, DataSource store, Clock clock) {
        this.connections = connections;
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    public Page show() {
        List<Reward> rewards = rewards();
        return Page.of("mapping", Map.of("rewards", rewards, "strangers", strangers(rewards), "wallets", wallets()));
    }

    /** Something was seen, and nothing of it is unmapped. */
    boolean good() {
        List<Reward> rewards = rewards();
        return !rewards.isEmpty()
                && rewards.stream().noneMatch(r -> r.state().look().equals("bad"));
    }

    private int wallets() {
        return store.queryForObject(
                "select count(*) from (select session_id from wallet_session limit " + WALLETS + ") w", Integer.class);
    }

    /** Each as the newest wallet showed it. */
    private List<Reward> rewards() {
        Map<String, Reward> rewards = new LinkedHashMap<>();
        store.query(
                "select account_id, discounts, opened_at from wallet_session order by opened_at desc limit " + WALLETS,
                row -> {
                    for (KeptDiscount d : WalletSession.discounts(row.getString("discounts"))) {
                        rewards.putIfAbsent(
                                row.getString("account_id") + " " + d.id(),
                                reward(row.getString("account_id"), d, row.getLong("opened_at")));
                    }
                });
        return rewards.values().stream()
                .sorted(java.util.Comparator.comparing((Reward r) -> rank(r.state()))
                        .thenComparing(Reward::account)
                        .thenComparing(Reward::name))
                .toList();
    }

    private static int rank(State state) {
        return List.of("bad", "warn", "", "good").indexOf(state.look());
    }

    private Reward reward(String account, KeptDiscount d, long seen) {
        Long end = d.expiresAt();
        String worth = d.dollarsOff() != null && positive(d.dollarsOff())
                ? "$" + plain(d.dollarsOff()) + " off"
                : d.percentOff() != null && positive(d.percentOff()) ? plain(d.percentOff()) + " % off" : "";
        State state = d.implausible() != null
                ? new State("bad", "AIQ gives " + d.implausible() + " a value that makes no sense")
                : d.unmapped()
                        ? new State("bad", "Without a till discount or a value")
                        : end != null && end <= clock.millis()
                                ? new State("warn", "Has ended")
                                : end != null && end - clock.millis() < SOON_MS
                                        ? new State(
                                                "warn",
                                                "Expires in " + Math.max(1, (end - clock.millis()) / 86_400_000)
                                                        + " day(s)")
                                        : !d.available()
                                                ? new State("", "Locked when last seen")
                                                : new State("good", "Fits");
        return new Reward(
                account,
                d.id(),
                d.name(),
                plain(d.points()),
                d.posDiscountId() == null ? "" : d.posDiscountId(),
                worth,
                state,
                Ago.of(seen, clock.millis()));
    }

    private static boolean positive(Number number) {
        return number.doubleValue() > 0;
    }

    /** Empty for none, and for what an earlier version kept of a number that is none. */
    private static String plain(Number number) {
        return number == null || !Double.isFinite(number.doubleValue())
                ? ""
                : new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    /** Discounts on the tills' sales of the last month that no reward names. */
    private List<Stranger> strangers(List<Reward> rewards) {
        List<Stranger> strangers = new ArrayList<>();
        connections.pos().all().forEach(till -> {
            Set<String> known = new TreeSet<>();
            rewards.stream()
                    .filter(r -> r.account().equals(till.account()))
                    .forEach(r -> known.addAll(List.of(r.id(), r.posDiscount())));
            Map<String, Long> seen = new LinkedHashMap<>();
            store.query(
                    "select discount_ids from pos_transaction where connection = ? and completed_at > ? and discount_ids is not null order by completed_at desc limit 2000",
                    row -> {
                        for (String id :
                                row.getString("discount_ids").replace(" ", "").split(",")) {
                            if (!id.isBlank() && !known.contains(id)) {
                                seen.merge(id, 1L, Long::sum);
                            }
                        }
                    },
                    till.name(),
                    clock.millis() - MONTH_MS);
            seen.forEach((id, sales) -> strangers.add(new Stranger(till.name(), id, sales)));
        });
        return strangers;
    }

    /** @param worth what AIQ says it takes off; empty when it says nothing */
    public record Reward(
            String account,
            String id,
            String name,
            String points,
            String posDiscount,
            String worth,
            State state,
            String seen) {}

    /** @param sales how many of the till's last 2,000 sales of the month carry it */
    public record Stranger(String till, String id, long sales) {}
}
