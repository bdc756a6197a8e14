package aiqbridge.pos;

import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;

/** Makes the routes of every connection from the templates in {@code routes/pos/}. A make is a folder there that holds its statements. */
public final class PosRoutes extends RouteBuilder {
    private final Path folder;
    private final PosMakes makes;
    private final PosConnections connections;
    private final Map<String, String> broken;

    /** @param broken what is wrong with statements, by their file below home: a till whose make has one stands still, and says why */
    public PosRoutes(Path home, PosConnections connections, Map<String, String> broken) {
        this.broken = broken;
        this.folder = home.resolve("routes/pos");
        this.makes = new PosMakes(home);
        this.connections = connections;
    }

    @Override
    public void configure() {
        for (PosConnection c : connections.all()) {
            templatedRoute("pos-connection-clock")
                    .routeId("pos-poll-" + c.name() + "-clock")
                    .parameter("connection", c.name());
            Optional<String> reason = broken(c);
            if (reason.isPresent()) {
                templatedRoute("pos-broken")
                        .routeId("pos-poll-" + c.name())
                        .parameter("connection", c.name())
                        .parameter("reason", reason.get());
                continue;
            }
            templatedRoute("pos-connection")
                    .routeId("pos-poll-" + c.name())
                    .parameter("connection", c.name())
                    .parameter("engine", c.engine())
                    .parameter("sales", sales(c).orElseThrow())
                    .parameter("reversals", makes.file(c, "reversals").orElse("no-reversals.sql"));
            late(c);
            standing(c);
            if (c.requests()) {
                templatedRoute("pos-requests")
                        .routeId("pos-requests-" + c.name())
                        .parameter("connection", c.name())
                        .parameter("engine", c.engine());
                templatedRoute("pos-request").routeId("pos-request-" + c.name()).parameter("connection", c.name());
                templatedRoute("pos-requests-clock")
                        .routeId("pos-requests-" + c.name() + "-clock")
                        .parameter("connection", c.name());
            }
            if (c.writeBack()) {
                templatedRoute("pos-write-back")
                        .routeId("pos-write-back-" + c.name())
                        .parameter("connection", c.name())
                        .parameter("writeBack", makes.file(c, "write-back").orElseThrow());
                templatedRoute("pos-write-back-clock")
                        .routeId("pos-write-back-" + c.name() + "-clock")
                        .parameter("connection", c.name());
            }
        }
    }

    private void late(PosConnection c) {
        makes.file(c, "late")
                .map(file -> templatedRoute("pos-late").parameter("late", file))
                .orElseGet(() -> templatedRoute("pos-no-late"))
                .routeId("pos-late-" + c.name())
                .parameter("connection", c.name());
    }

    private void standing(PosConnection c) {
        makes.file(c, "standing")
                .map(file -> templatedRoute("pos-standing").parameter("standing", file))
                .orElseGet(() -> templatedRoute("pos-no-standing"))
                .routeId("pos-standing-" + c.name())
                .parameter("connection", c.name());
    }

    /** Where the till's own back end says what is completed, it is not asked. */
    private Optional<String> sales(PosConnection c) {
        return c.completion().equals("call") ? Optional.of("no-sales.sql") : makes.file(c, "sales");
    }

    private Optional<String> broken(PosConnection c) {
        if (sales(c).isEmpty()) {
            return Optional.of("The make " + c.make() + " has no file sales.sql for " + c.engine() + " in routes/pos/"
                    + c.make() + "/: it is a folder with at least that; see routes/pos/README.md, section 5.");
        }
        if (c.writeBack() && makes.file(c, "write-back").isEmpty()) {
            return Optional.of("The make " + c.make() + " has no write-back: write write-back = off in config/pos/"
                    + c.name() + ".properties; the ledger is the record.");
        }
        if (c.requests() && !Files.isRegularFile(folder.resolve("requests-owner." + c.engine() + ".sql"))) {
            return Optional.of("The make cannot have a request table on " + c.engine()
                    + ": write requests = off in config/pos/" + c.name()
                    + ".properties; its back end can call the HTTP API.");
        }
        return makes.statements(c).stream()
                .map(file -> broken.get("routes/pos/" + file))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
