package aiqbridge.page;

import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.stop.Scope;
import aiqbridge.stop.Stop;
import aiqbridge.stop.Stops;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The emergency stop: what stands, stopping at once, and lifting with the password given a moment ago. */
public final class StopPage {
    private static final int LONGEST = 500;
    private final Stops stops;
    private final Connections connections;
    private final DataSource store;
    private final Clock clock;

    StopPage(Stops stops, Connections connections, DataSource store, Clock clock) {
        this.stops = stops;
        this.connections = connections;
        this.store = store;
        this.clock = clock;
    }

    public Page show(PageRequest request) {
        return Page.of("stop", model(request, "", "", ""));
    }

    /** Fields {@code what}, {@code reason} and {@code sure}. */
    public Page stop(PageRequest request) {
        String what = request.field("what");
        String reason = request.field("reason");
        Scope scope = scope(what);
        if (reason.isEmpty() || reason.length() > LONGEST) {
            return Page.wrong("stop", model(request, what, reason, "Not stopped. Say why, in a few words."));
        }
        if (!request.field("sure").equals("yes")) {
            return Page.wrong(
                    "stop", model(request, what, reason, "Not stopped. Tick the box to say that you are sure."));
        }
        boolean first = stops.stop(scope, request.user(), reason);
        return Page.to("/stop").saying(first ? "Stopped: " + scope.words() + "." : "It was stopped already.");
    }

    /** Fields {@code what} and {@code reason}. */
    public Page lift(PageRequest request) {
        Scope scope = scope(request.field("what"));
        String reason = request.field("reason");
        if (reason.isEmpty() || reason.length() > LONGEST) {
            return Page.wrong("stop", model(request, "", "", "Not lifted. Say why, in a few words."));
        }
        boolean stood = stops.lift(scope, request.user(), reason);
        return Page.to("/stop")
                .saying(
                        stood
                                ? "Lifted: " + scope.words() + ". What waited is sent, slowly at first."
                                : "There was nothing to lift.");
    }

    private Map<String, Object> model(PageRequest request, String what, String reason, String wrong) {
        List<Row> rows = stops.standing().stream()
                .map(stop -> new Row(
                        value(stop.of()),
                        stop.of().words(),
                        Ago.of(stop.stoppedAt(), clock.millis()),
                        stop.stoppedBy(),
                        stop.reason(),
                        stop.byFile()))
                .toList();
        return Map.of(
                "stops",
                rows,
                "choices",
                choices(),
                "what",
                what,
                "reason",
                reason,
                "wrong",
                wrong,
                "confirmed",
                request.session().confirmed());
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(value(Scope.EVERYTHING), "Everything"));
        Stops.accounts(store).forEach(name -> choices.add(new Choice(value(Scope.account(name)), "Account " + name)));
        connections.all().stream()
                .map(Connection::name)
                .forEach(name -> choices.add(new Choice(
                        value(Scope.connection(name)),
                        (connections.pos().find(name).isPresent() ? "Till " : "Shop ") + name)));
        return choices;
    }

    private Scope scope(String value) {
        if (choices().stream().noneMatch(choice -> choice.value().equals(value))
                && stops.standing().stream().noneMatch(stop -> value(stop.of()).equals(value))) {
            throw new PageProblem(422, "Choose what is meant.");
        }
        String[] parts = value.split(":", 2);
        return switch (parts[0]) {
            case "account" -> Scope.account(parts[1]);
            case "connection" -> Scope.connection(parts[1]);
            default -> Scope.EVERYTHING;
        };
    }

    private static String value(Scope scope) {
        return switch (scope.kind()) {
            case EVERYTHING -> "everything";
            case ACCOUNT -> "account:" + scope.name();
            case CONNECTION -> "connection:" + scope.name();
        };
    }

    /** For the banner of every page. */
    static String sentence(Stop stop, long now) {
        String words = stop.of().words();
        return "Stopped by " + stop.stoppedBy() + " " + Ago.of(stop.stoppedAt(), now) + ": " + words
                + ". Nothing of it is redeemed, given back or sent.";
    }

    /** @param byFile it is lifted by deleting the file */
    public record Row(String value, String words, String since, String by, String reason, boolean byFile) {}

    /** What may be stopped. */
    public record Choice(String value, String label) {}
}
