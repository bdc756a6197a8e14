package aiqbridge.dryrun;

import aiqbridge.Bridge;
import aiqbridge.Progress;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.connection.PosConnection;
import aiqbridge.pos.PosFault;
import aiqbridge.privacy.Masked;
import aiqbridge.store.Store;
import aiqbridge.store.StoreCopy;
import aiqbridge.wallet.Points;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A whole poll and sweep of the real tills by the very routes and statements that run otherwise, on a copy of the bridge's own database and with nobody at AIQ: what came of it is
 * said, and nothing is kept.
 */
public final class DryRun {
    private final Path home;
    private final Settings settings;
    private final Clock clock;

    public DryRun(Path home, Settings settings, Clock clock) {
        this.home = home;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param would    {@code redeem, reverse, send, release, park} or {@code wait}; {@code fail} for a till that could not be asked
     * @param sentence for people, customers masked
     */
    public record Line(String would, String connection, String subject, String sentence) {}

    /**
     * @param only     one till or storefront, null for all
     * @param progress in tills
     */
    public List<Line> run(Store original, String only, Progress progress) {
        try (StoreCopy copy = StoreCopy.of(original, settings);
                Bridge bridge = Bridge.headless(
                        home, copy.settings(), clock, copy.store(), Map.of("aiqGate", new NobodyAtAiq()))) {
            if (only != null && bridge.connections().find(only).isEmpty()) {
                throw new StartRefused(
                        "There is no connection " + only + ".",
                        "Each has a file in config/pos/ or config/storefront/.");
            }
            JdbcTemplate rows = new JdbcTemplate(copy.store().source());
            rows.update("update pos_poll set swept_at = 0");
            rows.update("delete from observation");
            Map<String, String> before = states(rows);
            Set<String> reversals =
                    new HashSet<>(rows.queryForList("select reversal_id || ' ' || status from reversal", String.class));
            List<Line> lines = new ArrayList<>();
            List<PosConnection> tills = bridge.connections().pos().all().stream()
                    .filter(till -> only == null || only.equals(till.name()))
                    .toList();
            for (int done = 0; done < tills.size(); done++) {
                progress.at(done, tills.size());
                poll(bridge, tills.get(done).name(), lines);
            }
            progress.at(tills.size(), tills.size());
            bridge.ask("redemption-expire", null);
            bridge.ask("cart-sweep", null);
            redemptions(rows, bridge, before, lines);
            reversals(rows, reversals, lines);
            carts(rows, lines);
            return lines.stream()
                    .filter(line -> only == null || only.equals(line.connection()))
                    .toList();
        }
    }

    private static void poll(Bridge bridge, String till, List<Line> lines) {
        try {
            bridge.ask("pos-poll-" + till, null);
        } catch (CamelExecutionException e) {
            lines.add(new Line("fail", till, till, new PosFault().sentence(e.getCause())));
        }
    }

    private static Map<String, String> states(JdbcTemplate rows) {
        Map<String, String> states = new HashMap<>();
        rows.query("select redemption_id, status from redemption", row -> {
            states.put(row.getString(1), row.getString(2));
        });
        return states;
    }

    private void redemptions(JdbcTemplate rows, Bridge bridge, Map<String, String> before, List<Line> lines) {
        for (Map<String, Object> r : rows.queryForList("""
            select r.*, c.phone, c.email, a.paused_reason, t.status as sale_status, t.total as sale_total, t.completed_at as sale_completed_at, (select min(o.would) from observation o where o.redemption_id = r.redemption_id) as would
              from redemption r join contact c on c.customer_key = r.customer_key join account a on a.account_id = r.account_id
              left join pos_transaction t on t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id
             order by r.queued_at, r.redemption_id""")) {
            String status = (String) r.get("status");
            boolean moved = !status.equals(before.get((String) r.get("redemption_id")));
            String connection = (String) r.get("connection");
            switch (status) {
                case "DUE" ->
                    line(
                            lines,
                            "redeem",
                            r,
                            "would be redeemed on " + r.get("transaction_id")
                                    + ", if AIQ's wallet still offers it"
                                    + (r.get("paused_reason") == null
                                            ? "."
                                            : "; but the account is paused: " + r.get("paused_reason") + "."));
                case "RELEASED", "PARKED" -> {
                    if (moved) {
                        line(
                                lines,
                                status.equals("PARKED") ? "park" : "release",
                                r,
                                status.equals("PARKED")
                                        ? "would be parked: " + r.get("reason") + "."
                                        : "would be released: " + r.get("reason") + ".");
                    }
                }
                case "UNKNOWN", "EXECUTING" ->
                    line(lines, "wait", r, "would wait: it was sent, and AIQ's own records must settle it first.");
                case "QUEUED", "SELECTED" -> {
                    if (r.get("would") != null) {
                        line(
                                lines,
                                (String) r.get("would"),
                                r,
                                "would be redeemed on " + r.get("transaction_id") + " if " + connection
                                        + " were live; it observes.");
                    } else {
                        line(lines, "wait", r, "would wait: " + why(r));
                    }
                }
                default -> {}
            }
        }
    }

    private String why(Map<String, Object> r) {
        if ("pos-native".equals(r.get("redeems"))) {
            return "the till redeems it itself.";
        }
        if ("PAID".equals(r.get("model"))) {
            return "the shop has not reported its order as paid.";
        }
        if (r.get("transaction_id") == null) {
            return "no completed sale has its note " + r.get("note") + " or fits it alone.";
        }
        if (r.get("sale_status") == null) {
            return "the till does not show the completed sale " + r.get("transaction_id") + " at " + r.get("location")
                    + ".";
        }
        if (!"COMPLETED".equals(r.get("sale_status"))) {
            return "its sale is " + r.get("sale_status") + ".";
        }
        if (Points.of(r.get("sale_total")).signum() < 0) {
            return "its sale has a negative total.";
        }
        if (((Number) r.get("sale_completed_at")).longValue()
                <= ((Number) r.get("queued_at")).longValue()
                        - settings.duration("redemption.skew").toMillis()) {
            return "the sale with that id was completed before it was queued.";
        }
        return "its sale does not fulfill it; redemptions show says more.";
    }

    private static void reversals(JdbcTemplate rows, Set<String> before, List<Line> lines) {
        for (Map<String, Object> v : rows.queryForList("""
            select v.reversal_id, v.status, v.kind, v.reason as why, r.*, c.phone, c.email from reversal v join redemption r on r.redemption_id = v.redemption_id join contact c on c.customer_key = r.customer_key
             where v.status in ('WANTED', 'PARKED', 'UNKNOWN') order by v.created_at""")) {
            boolean moved = !before.contains(v.get("reversal_id") + " " + v.get("status"));
            if (v.get("status").equals("WANTED")) {
                line(lines, "reverse", v, "would be given back: " + v.get("kind") + ".");
            } else if (moved) {
                line(lines, "park", v, "would not be given back before a person decides: " + v.get("kind") + ".");
            }
        }
        for (Map<String, Object> r : rows.queryForList("""
            select r.*, c.phone, c.email from redemption r join contact c on c.customer_key = r.customer_key
             where r.status = 'EXECUTED' and r.reversal_wanted is not null and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)""")) {
            line(
                    lines,
                    "wait",
                    r,
                    "would not be given back although requested (" + r.get("reversal_wanted")
                            + "): there are more reversals at " + r.get("connection") + " than the brake allows.");
        }
    }

    private static void carts(JdbcTemplate rows, List<Line> lines) {
        rows.queryForList(
                        "select * from cart where status = 'ABANDONED' and send_status in ('WAITING', 'SUPPRESSED') order by changed_at")
                .forEach(cart -> {
                    boolean waits = cart.get("send_status").equals("WAITING");
                    lines.add(new Line(
                            waits ? "send" : "wait",
                            (String) cart.get("connection"),
                            (String) cart.get("cart_id"),
                            "Cart " + cart.get("cart_id") + " of "
                                    + Masked.customer(cart.get("phone"), cart.get("email"))
                                    + (waits
                                            ? " would be sent to AIQ as abandoned."
                                            : " is not sent: " + cart.get("send_reason") + ".")));
                });
    }

    private static void line(List<Line> lines, String would, Map<String, Object> r, String what) {
        lines.add(new Line(
                would,
                (String) r.get("connection"),
                (String) r.get("redemption_id"),
                r.get("discount_name") + " (" + Points.of(r.get("points")).toPlainString() + " points) of "
                        + Masked.customer(r.get("phone"), r.get("email")) + " " + what));
    }
}
