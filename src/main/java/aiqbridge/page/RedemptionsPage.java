package aiqbridge.page;

import aiqbridge.StartRefused;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.ledger.Csv;
import aiqbridge.operator.Choice;
import aiqbridge.operator.Decision;
import aiqbridge.operator.DecisionRefused;
import aiqbridge.operator.NeedsLook;
import aiqbridge.operator.RedemptionDecisions;
import aiqbridge.operator.RedemptionFilter;
import aiqbridge.operator.RedemptionLine;
import aiqbridge.operator.RedemptionList;
import aiqbridge.operator.RedemptionStory;
import aiqbridge.operator.ReversalDecisions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Redemptions: the list with its filters, as a page and for a spreadsheet; the story of one; and what a person decides about it. */
public final class RedemptionsPage {
    private static final int LINES = 50, SHEET = 1_000, LONGEST_SHEET = 10_000;
    private static final List<String> FILTERS = List.of("account", "connection", "status", "customer", "from", "to");
    private final JdbcTemplate store;
    private final Connections connections;
    private final RedemptionList list;
    private final RedemptionStory.Teller stories;
    private final RedemptionDecisions decisions;
    private final ReversalDecisions reversals;
    private final NeedsLook needsLook;

    /** @param home the folder that holds routes/ */
    public RedemptionsPage(DataSource store, Path home, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
        this.list = new RedemptionList(store, connections);
        this.stories = new RedemptionStory.Teller(store);
        this.decisions = new RedemptionDecisions(store, home, connections, clock);
        this.reversals = new ReversalDecisions(store, home, clock);
        this.needsLook = new NeedsLook(store, home, connections, clock);
    }

    public Page list(PageRequest request) {
        Map<String, String> chosen = FILTERS.stream().collect(Collectors.toMap(f -> f, request::parameter));
        Map<String, String> accounts = accounts();
        Map<String, Object> model = new HashMap<>(Map.of(
                "chosen",
                chosen,
                "accounts",
                accounts,
                "connections",
                connections.all().stream().map(Connection::name).toList(),
                "query",
                query(chosen)));
        try {
            List<RedemptionLine> lines = list.page(
                    filter(request),
                    request.parameter("after").isEmpty() ? null : request.parameter("after"),
                    LINES + 1);
            model.put("lines", lines.size() > LINES ? lines.subList(0, LINES) : lines);
            model.put("next", lines.size() > LINES ? lines.get(LINES - 1).cursor() : "");
            model.put("wrong", "");
            return Page.of("redemptions", model);
        } catch (StartRefused refused) {
            model.putAll(Map.of("lines", List.of(), "next", "", "wrong", sentence(refused)));
            return Page.wrong("redemptions", model);
        }
    }

    /** The whole filtered list, the newest first; where it is longer than a sheet may be, its last line says so. */
    public String sheet(PageRequest request) {
        RedemptionFilter filter;
        try {
            filter = filter(request);
        } catch (StartRefused refused) {
            throw new PageProblem(422, sentence(refused));
        }
        StringBuilder sheet = new StringBuilder();
        Csv csv = new Csv(
                sheet,
                "redemption",
                "chosen at",
                "account",
                "connection",
                "storefront",
                "location",
                "state",
                "reason",
                "flag",
                "customer",
                "discount",
                "points",
                "sale",
                "employee",
                "AIQ's redemption",
                "reversal");
        String after = null;
        for (int rows = 0; rows < LONGEST_SHEET; rows += SHEET) {
            List<RedemptionLine> lines = list.page(filter, after, SHEET);
            lines.forEach(r -> csv.line(Arrays.asList(
                    r.id(),
                    r.queuedAt(),
                    r.account(),
                    r.connection(),
                    r.storefront(),
                    r.location(),
                    r.status(),
                    r.reason(),
                    r.flag(),
                    r.customer(),
                    r.discount(),
                    r.points(),
                    r.sale(),
                    r.employee(),
                    r.aiqRedemptionId(),
                    r.reversal())));
            if (lines.size() < SHEET) {
                return sheet.toString();
            }
            after = lines.get(SHEET - 1).cursor();
        }
        csv.line(List.of("There may be more than these " + LONGEST_SHEET + ": choose a shorter period."));
        return sheet.toString();
    }

    public Page story(PageRequest request) {
        return Page.of("redemption", model(request, null));
    }

    private Map<String, Object> model(PageRequest request, DecisionRefused refused) {
        RedemptionStory story = stories.of(redemption(request)).orElseThrow(PageProblem::notFound);
        Map<String, Object> model = new HashMap<>(Map.of(
                "story",
                story,
                "sales",
                decisions.sales(story.redemption().id()),
                "note",
                request.field("note"),
                "aiqId",
                request.field("aiq-id")));
        model.put("why", needsLook.why(story.redemption().id()));
        model.put(
                "choices",
                needsLook.choices(story.redemption().id()).stream()
                        .map(Choice::decision)
                        .toList());
        model.put("wrong", refused == null ? "" : refused.sentence() + " " + refused.hint());
        model.put("look", story.unclear() || refused != null && refused.lookWanted());
        return model;
    }

    /** What the pressed button says, with the note beside it. */
    public Page decide(PageRequest request) {
        String id = redemption(request),
                aiqId = request.field("aiq-id").isEmpty() ? null : request.field("aiq-id"),
                sale = request.field("sale").isEmpty() ? null : request.field("sale");
        stories.of(id).orElseThrow(PageProblem::notFound);
        try {
            Decision decision = new Decision(
                    request.user(),
                    request.field("note"),
                    request.field("looked").equals("yes"));
            if (aiqId != null && List.of("retry", "release", "not-executed").contains(request.field("decision"))) {
                throw DecisionRefused.numberGiven();
            }
            switch (request.field("decision")) {
                case "retry" -> decisions.retry(id, sale, decision);
                case "release" -> decisions.release(id, decision);
                case "executed" -> decisions.executed(id, aiqId, decision);
                case "not-executed" -> decisions.notExecuted(id, decision);
                case "reverse" -> decisions.reverse(id, aiqId, decision);
                case "write-again" -> decisions.writeAgain(id, decision);
                case "looked-at" -> decisions.lookedAt(id, decision);
                case "reversal-retry" -> reversals.retry("v-" + id, decision);
                case "reversal-done" -> reversals.done("v-" + id, decision);
                case "reversal-give-up" -> reversals.giveUp("v-" + id, decision);
                default -> throw PageProblem.notFound();
            }
        } catch (DecisionRefused refused) {
            return Page.wrong("redemption", model(request, refused));
        }
        return Page.to("/activity/redemptions/" + id).saying("Done. It is recorded below, with your note.");
    }

    private static String redemption(PageRequest request) {
        return request.path().split("/")[3];
    }

    /** @throws PageProblem 404 for an account or a connection that there is not */
    private RedemptionFilter filter(PageRequest request) {
        String account = given(request, "account"), connection = given(request, "connection");
        if (account != null && !accounts().containsKey(account)
                || connection != null && connections.find(connection).isEmpty()) {
            throw PageProblem.notFound();
        }
        LocalDate from = day(request, "from"), to = day(request, "to");
        ZoneId zone = connection != null ? connections.get(connection).zone() : zone(account);
        return new RedemptionFilter(
                account,
                connection,
                given(request, "status"),
                given(request, "customer"),
                from == null ? null : from.atStartOfDay(zone).toInstant().toEpochMilli(),
                to == null
                        ? null
                        : to.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
    }

    private static String given(PageRequest request, String name) {
        return request.parameter(name).isEmpty() ? null : request.parameter(name);
    }

    private static LocalDate day(PageRequest request, String name) {
        try {
            LocalDate day = given(request, name) == null ? null : LocalDate.parse(given(request, name));
            if (day == null || day.getYear() > 1970 && day.getYear() < 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new StartRefused("That is not a date.", "Write it like 2026-11-24.");
    }

    /** The account's, or the first account's. */
    private ZoneId zone(String account) {
        return store
                .queryForList(
                        "select zone from account where account_id = coalesce(?, account_id) order by account_id limit 1",
                        String.class,
                        account)
                .stream()
                .map(ZoneId::of)
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    private Map<String, String> accounts() {
        return store.queryForList("select account_id, brand from account order by account_id").stream()
                .collect(Collectors.toMap(
                        a -> (String) a.get("account_id"),
                        a -> (String) a.get("brand"),
                        (a, b) -> a,
                        java.util.LinkedHashMap::new));
    }

    private static String query(Map<String, String> chosen) {
        return FILTERS.stream()
                .filter(f -> !chosen.get(f).isEmpty())
                .map(f -> f + "=" + URLEncoder.encode(chosen.get(f), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
    }

    private static String sentence(StartRefused refused) {
        return refused.getMessage().replace("\n  Hint:", "");
    }
}
