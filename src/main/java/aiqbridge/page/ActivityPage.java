package aiqbridge.page;

import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.ledger.Csv;
import aiqbridge.operator.CartList;
import aiqbridge.operator.Chart;
import aiqbridge.operator.Choice;
import aiqbridge.operator.Comparisons;
import aiqbridge.operator.Decision;
import aiqbridge.operator.DecisionRefused;
import aiqbridge.operator.InboxDecisions;
import aiqbridge.operator.InboxList;
import aiqbridge.operator.Leaks;
import aiqbridge.operator.NeedsLook;
import aiqbridge.operator.Numbers;
import aiqbridge.operator.RedemptionLine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What happened: numbers, what wants a person, carts, webhooks, and employees who gave discounts that nobody chose. */
public final class ActivityPage {
    private static final int LINES = 50, LONGEST_SHEET = 1_000;
    private final JdbcTemplate store;
    private final Connections connections;
    private final Clock clock;
    private final Numbers numbers;
    private final NeedsLook needsLook;
    private final CartList carts;
    private final InboxList inbox;
    private final InboxDecisions inboxDecisions;
    private final Leaks leaks;
    private final Comparisons comparisons;

    /** @param home the folder that holds routes/ */
    public ActivityPage(DataSource store, Path home, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
        this.clock = clock;
        this.numbers = new Numbers(store, clock);
        this.needsLook = new NeedsLook(store, home, connections, clock);
        this.carts = new CartList(store, connections);
        this.inbox =
                new InboxList(store, name -> connections.storefronts().get(name).zone());
        this.inboxDecisions = new InboxDecisions(store, clock);
        this.leaks = new Leaks(store);
        this.comparisons = new Comparisons(store);
    }

    public Page numbers(PageRequest request) {
        boolean days = request.parameter("period").equals("days");
        ZoneId zone = zone();
        List<Numbers.Span> spans = days ? numbers.lastDays(zone) : numbers.lastHours(zone);
        return Page.of(
                "activity", Map.of("days", days, "zone", zone.getId(), "spans", spans, "charts", Chart.all(spans)));
    }

    /** What people have to look at. */
    public Page look(PageRequest request) {
        return Page.of(
                "look",
                Map.of(
                        "lines",
                        needsLook.list(null, null, LINES),
                        "count",
                        needsLook.count(),
                        "shops",
                        shops().stream().filter(s -> s.parked() > 0).toList()));
    }

    /** The same for a spreadsheet: all of it, as far as a sheet may go. */
    public String lookSheet(PageRequest request) {
        StringBuilder sheet = new StringBuilder();
        Csv csv = new Csv(
                sheet,
                "redemption",
                "since",
                "account",
                "connection",
                "storefront",
                "location",
                "state",
                "reversal",
                "why",
                "what to do",
                "customer",
                "discount",
                "points",
                "sale",
                "employee",
                "what is known",
                "you may");
        needsLook.list(null, null, LONGEST_SHEET).forEach(line -> {
            RedemptionLine r = line.redemption();
            csv.line(Arrays.asList(
                    r.id(),
                    line.since(),
                    r.account(),
                    r.connection(),
                    r.storefront(),
                    r.location(),
                    r.status(),
                    r.reversal(),
                    joined(line.why().stream().map(NeedsLook.Why::words)),
                    joined(line.why().stream().map(NeedsLook.Why::action)),
                    r.customer(),
                    r.discount(),
                    r.points(),
                    r.sale(),
                    r.employee(),
                    joined(line.evidence().stream()
                            .map(e -> e.at() + " " + e.what() + (e.detail() == null ? "" : ": " + e.detail()))),
                    joined(line.choices().stream().map(Choice::words))));
        });
        return sheet.toString();
    }

    private static String joined(Stream<String> texts) {
        return texts.collect(Collectors.joining("; "));
    }

    public Page carts(PageRequest request) {
        String shop = request.parameter("connection"),
                status = request.parameter("status"),
                after = request.parameter("after");
        if (!shop.isEmpty() && connections.storefronts().find(shop).isEmpty()
                || !status.isEmpty() && !CartList.STATES.contains(status)
                || !after.isEmpty() && !CartList.goesOnAt(after)) {
            throw PageProblem.notFound();
        }
        List<CartList.Line> lines = carts.page(
                shop.isEmpty() ? null : shop,
                status.isEmpty() ? null : status,
                after.isEmpty() ? null : after,
                LINES + 1);
        Map<String, Object> model = new HashMap<>(Map.of(
                "lines",
                lines.size() > LINES ? lines.subList(0, LINES) : lines,
                "connection",
                shop,
                "status",
                status,
                "storefronts",
                connections.storefronts().all().stream()
                        .map(StorefrontConnection::name)
                        .toList()));
        model.put("next", lines.size() > LINES ? lines.get(LINES - 1).cursor() : "");
        return Page.of("carts", model);
    }

    public Page inbox(PageRequest request) {
        return Page.of("inbox", inboxModel(""));
    }

    private Map<String, Object> inboxModel(String wrong) {
        List<InboxList.Shop> shops = shops();
        Map<String, Object> model = new HashMap<>(Map.of(
                "shops",
                shops,
                "parked",
                shops.stream()
                        .filter(s -> s.parked() > 0)
                        .flatMap(s -> inbox.parked(s.connection(), LINES).stream())
                        .toList()));
        model.put("wrong", wrong);
        return model;
    }

    /** One webhook, or all that are parked of a shop, are worked on again. */
    public Page replay(PageRequest request) {
        try {
            Decision decision = new Decision(request.user(), request.field("note"), false);
            String shop = request.field("connection");
            if (!shop.isEmpty()) {
                connections.storefronts().find(shop).orElseThrow(PageProblem::notFound);
                return Page.to("/activity/inbox")
                        .saying(inboxDecisions.replayAll(shop, decision) + " webhook(s) of " + shop
                                + " will be processed again.");
            }
            if (!request.field("id").matches("[0-9]{1,18}")) {
                throw PageProblem.notFound();
            }
            inboxDecisions.replay(Long.parseLong(request.field("id")), decision);
            return Page.to("/activity/inbox").saying("The webhook will be processed again.");
        } catch (DecisionRefused refused) {
            return Page.wrong("inbox", inboxModel(refused.sentence() + " " + refused.hint()));
        }
    }

    public Page employees(PageRequest request) {
        long now = clock.millis();
        List<Leaks.Employee> employees = leaks.per(
                connections.pos().all().stream().map(PosConnection::name).toList(),
                now - Duration.ofDays(30).toMillis(),
                now + 1);
        return Page.of("employees", Map.of("employees", employees));
    }

    /** Whether ledger, AIQ and tills balanced when they were last compared. */
    public Page books(PageRequest request) {
        return Page.of("books", Map.of("comparisons", comparisons.last()));
    }

    private List<InboxList.Shop> shops() {
        return connections.storefronts().all().stream()
                .map(s -> inbox.of(s.name()))
                .toList();
    }

    /** The retailer's: of the first account. */
    private ZoneId zone() {
        return store.queryForList("select zone from account order by account_id limit 1", String.class).stream()
                .map(ZoneId::of)
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }
}
