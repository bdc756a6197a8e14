package aiqbridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A stand-in for AIQ's loyalty API, faithful to what is known of it, with everything unknown as a switch and every fault to order.
 * Both its ports, the second for tests and the demo, are open on loopback alone.
 */
public final class AiqSimulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Statuses whose answer ends with its headers (RFC 9110 section 6.4.1). */
    private static final Set<Integer> NO_BODY = Set.of(204, 205, 304);

    private final Vertx vertx = Vertx.vertx();
    private final SimulatorShop shop = new SimulatorShop();
    private final SimulatorSwitches switches = new SimulatorSwitches();
    private final SimulatorHistory history;
    private final SimulatorContacts contacts;
    private final SimulatorSales sales;
    private final SimulatorBooks books;
    private final SimulatorOperations operations;
    private final List<Fault> faults = new ArrayList<>();
    private volatile long offset;
    /** The time at which the clock was stopped, 0 while it runs. */
    private volatile long stopped;
    /** Effects that come after their answer. */
    private final List<Late> late = new ArrayList<>();
    /** When the effect came that is being written down, 0 for now. */
    private long lateAt;

    private HttpServer api;
    private HttpServer control;

    private record Late(String uid, SimulatorCall call, long due) {}

    private AiqSimulator(Path historyFile) {
        history = new SimulatorHistory(historyFile);
        books = new SimulatorBooks(shop, switches, history, this::now);
        contacts = new SimulatorContacts(shop, switches, books);
        sales = new SimulatorSales(shop, switches, books, contacts);
        operations = new SimulatorOperations(shop, switches, books, contacts, sales);
    }

    /**
     * @param port        0 for a free one
     * @param controlPort 0 for a free one
     * @param historyFile one JSON object per line for each request and each effect; null for none
     */
    public static AiqSimulator start(int port, int controlPort, Path historyFile) {
        AiqSimulator simulator = new AiqSimulator(historyFile);
        try {
            simulator.api = listen(
                    simulator
                            .vertx
                            .createHttpServer(new HttpServerOptions().setSoLinger(0))
                            .requestHandler(simulator::hear),
                    port);
            simulator.control =
                    listen(simulator.vertx.createHttpServer().requestHandler(simulator::command), controlPort);
            return simulator;
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    /** On loopback: the host among a server's options counts only when no port is given. */
    private static HttpServer listen(HttpServer server, int port) {
        return server.listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return api.actualPort();
    }

    public int controlPort() {
        return control.actualPort();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            Thread.currentThread().interrupt();
        }
    }

    private long now() {
        long stopped = this.stopped;
        return lateAt > 0
                ? lateAt
                : (stopped > 0 ? stopped : System.currentTimeMillis() + offset) + switches.number("clock-ahead-ms");
    }

    /** What was to happen by now happens. */
    private void catchUp() {
        sales.catchUp();
        for (Late one :
                late.stream().sorted(Comparator.comparingLong(Late::due)).toList()) {
            switches.answers(one.uid());
            if (one.due() <= now()) {
                late.remove(one);
                lateAt = one.due();
                operations.run(one.call(), one.uid(), baseUrl());
                lateAt = 0;
            }
        }
        switches.answers(null);
    }

    private void hear(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request, body.toString()));
    }

    private void answer(HttpServerRequest request, String body) {
        SimulatorCall call = SimulatorCall.of(request.method().name(), request.path(), request.query(), body);
        Fault fault;
        SimulatorReply reply;
        synchronized (this) {
            catchUp();
            String key = request.getHeader("X-APIKEY");
            String uid = key == null ? null : shop.uidByKey.get(key);
            switches.answers(uid);
            dated(request.response());
            history.request(now(), uid, call.operation(), request.method().name(), request.uri(), body);
            fault = fault(uid, call.operation(), request.path());
            reply = fault != null && !fault.afterEffect() ? null : reply(key, uid, call);
            if (reply == null
                    && uid != null
                    && call.movesPoints()
                    && !switches.text("effect-delay-ms").isEmpty()) {
                late.add(new Late(uid, call, now() + switches.number("effect-delay-ms")));
            }
            catchUp();
        }
        if (fault == null) {
            send(request.response(), reply);
        } else {
            misbehave(request, fault, reply);
        }
    }

    private void dated(HttpServerResponse response) {
        String age = switches.text("answer-age");
        long made = now() + switches.number("date-offset-ms") - (age.isEmpty() ? 0 : Long.parseLong(age) * 1_000);
        response.putHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.ofEpochMilli(made).atZone(ZoneOffset.UTC)));
        if (!age.isEmpty()) {
            response.putHeader("Age", age);
        }
    }

    private SimulatorReply reply(String key, String uid, SimulatorCall call) {
        if (uid == null) {
            return SimulatorReply.error(403, "Please provide a valid API key");
        }
        if (!shop.roomFor(key, now(), switches)) {
            return SimulatorReply.busy(switches.text("retry-after"));
        }
        if (call.value("uid") != null && !call.value("uid").equals(uid) && switches.on("uid-must-fit")) {
            return SimulatorReply.error(403, "Forbidden");
        }
        SimulatorReply reply = operations.run(call, uid, baseUrl());
        reply = switches.has("missing-data", call.operation()) ? reply.withoutData() : reply;
        return switches.on("unknown-fields") ? reply.withUnknownFields() : reply;
    }

    private Fault fault(String uid, String operation, String path) {
        for (Iterator<Fault> it = faults.iterator(); it.hasNext(); ) {
            Fault fault = it.next();
            if (fault.hits(uid, operation, path)) {
                if (fault.times() > 0) {
                    it.remove();
                    if (fault.times() > 1) {
                        faults.add(0, fault.once());
                    }
                }
                return fault;
            }
        }
        return null;
    }

    private void misbehave(HttpServerRequest request, Fault fault, SimulatorReply reply) {
        HttpServerResponse response = request.response();
        switch (fault.kind()) {
            case "delay" -> vertx.setTimer(Math.max(1, fault.delayMs()), t -> send(response, reply));
            case "hang-before-effect", "hang-after-effect" -> {}
            case "reset-before-effect", "reset-after-effect" ->
                request.connection().close();
            case "cut-before-effect" -> cut(request, SimulatorReply.ok());
            case "half-body" -> cut(request, reply);
            case "slow-drip" ->
                drip(
                        response.setChunked(true).setStatusCode(reply.status()),
                        reply.body(),
                        0,
                        Math.max(1, fault.delayMs()));
            case "status-before-effect", "status-after-effect" -> {
                SimulatorReply said = fault.afterEffect() && fault.status() / 100 == 2
                        ? reply
                        : SimulatorReply.error(fault.status(), "internal error");
                send(response, new SimulatorReply(fault.status(), said.body(), fault.retryAfter()));
            }
            case "failure-in-200" ->
                send(
                        response,
                        new SimulatorReply(
                                200,
                                SimulatorReply.error(fault.status(), "failed").body(),
                                null));
            case "says-before-effect", "says-after-effect" ->
                response.setStatusCode(fault.status())
                        .putHeader("Content-Type", fault.body().startsWith("<") ? "text/html" : "application/json")
                        .end(fault.body());
            case "html-502" ->
                response.setStatusCode(502)
                        .putHeader("Content-Type", "text/html")
                        .end("<html><body><h1>502 Bad Gateway</h1></body></html>");
            case "redirect" ->
                response.setStatusCode(302)
                        .putHeader("Location", baseUrl() + "/elsewhere")
                        .end();
            case "bad-json" ->
                response.setStatusCode(200)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"data\": {\"id\":");
            case "null-body" ->
                response.setStatusCode(200)
                        .putHeader("Content-Type", "application/json")
                        .end("null");
            default -> send(response, SimulatorReply.error(500, "unknown fault"));
        }
    }

    private void cut(HttpServerRequest request, SimulatorReply reply) {
        request.response()
                .putHeader("Content-Length", Integer.toString(reply.body().length() + 50))
                .setStatusCode(reply.status())
                .write(reply.body().substring(0, reply.body().length() / 2));
        vertx.setTimer(20, t -> request.connection().close());
    }

    private void drip(HttpServerResponse response, String body, int from, long everyMs) {
        if (from >= body.length()) {
            response.end();
            return;
        }
        response.write(body.substring(from, from + 1));
        vertx.setTimer(everyMs, t -> drip(response, body, from + 1, everyMs));
    }

    private static void send(HttpServerResponse response, SimulatorReply reply) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (reply.retryAfter() != null && !reply.retryAfter().isEmpty()) {
            response.putHeader("Retry-After", reply.retryAfter());
        }
        response.setStatusCode(reply.status());
        if (NO_BODY.contains(reply.status())) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(reply.body());
        }
    }

    private void command(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            try {
                JsonNode answer;
                synchronized (this) {
                    catchUp();
                    answer = command(
                            request.method().name() + " " + request.path(),
                            body.length() == 0 ? JSON.createObjectNode() : JSON.readTree(body.getBytes()));
                }
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(Buffer.buffer(JSON.writeValueAsBytes(answer)));
            } catch (Exception e) {
                request.response().setStatusCode(400).end(String.valueOf(e.getMessage()));
            }
        });
    }

    private JsonNode command(String what, JsonNode in) {
        switch (what) {
            case "POST /accounts" ->
                shop.uidByKey.put(in.path("key").asText(), in.path("uid").asText());
            case "POST /contacts" -> contact(in);
            case "GET /contacts" -> {
                return contacts.all();
            }
            case "POST /texts" ->
                contacts.says(in.path("contactID").asText(), in.path("text").asText());
            case "POST /discounts" -> discount(in);
            case "POST /movements" -> movement(in);
            case "POST /switches" ->
                in.properties().stream()
                        .filter(f -> !f.getKey().equals("uid"))
                        .forEach(f -> switches.set(
                                in.path("uid").asText(null),
                                f.getKey(),
                                f.getValue().asText()));
            case "POST /grants" -> grant(in);
            case "POST /merges" -> books.merge(known(in, "contactID"), known(in, "into"));
            case "GET /switches" -> {
                return JSON.valueToTree(switches.all());
            }
            case "POST /faults" ->
                faults.add(new Fault(
                        in.path("uid").asText(""),
                        in.path("operation").asText("*"),
                        in.path("path").asText(""),
                        in.path("kind").asText(),
                        in.path("times").asInt(1),
                        in.path("delayMs").asLong(0),
                        in.path("status").asInt(500),
                        in.path("retryAfter").asText(null),
                        in.path("body").asText("")));
            case "DELETE /faults" -> faults.clear();
            case "POST /clock" -> {
                offset = in.path("offsetMs").asLong();
                stopped = in.path("stoppedAt").asLong();
            }
            case "GET /effects" -> {
                return array(history.effects());
            }
            case "GET /history" -> {
                return array(history.requests());
            }
            case "GET /balances" -> {
                ObjectNode all = JSON.createObjectNode();
                shop.contacts.values().forEach(c -> all.put(c.id, c.points));
                return all;
            }
            case "GET /pins" -> {
                ObjectNode all = JSON.createObjectNode();
                shop.pins.forEach((contact, pin) -> all.put(contact, pin.code));
                return all;
            }
            case "POST /revoke" -> shop.uidByKey.remove(in.path("key").asText());
            case "POST /forget" -> history.forget();
            case "POST /seed-demo" -> SimulatorSeed.demo(this::command);
            default -> throw new IllegalArgumentException("unknown command " + what);
        }
        return JSON.createObjectNode().put("ok", true);
    }

    private void contact(JsonNode in) {
        SimulatorShop.Contact contact = new SimulatorShop.Contact();
        contact.id = in.path("contactID").asText();
        contact.uid = in.path("uid").asText();
        contact.srcId = in.path("srcID").asText(null);
        contact.phone = in.path("phone").asText(null);
        contact.email = in.path("email").asText(null);
        contact.firstName = in.path("firstName").asText(null);
        contact.lastName = in.path("lastName").asText(null);
        contact.points = new BigDecimal(in.path("points").asText("0"));
        contact.hidePoints = in.path("hidePoints").asBoolean(false);
        contact.loyalty = in.path("loyalty").asBoolean(true);
        contact.texts = SimulatorShop.Consent.of(in.path("texts").asText("none"));
        contact.emails = SimulatorShop.Consent.of(in.path("emails").asText("none"));
        shop.contacts.put(contact.id, contact);
    }

    /** What the books hold from before, for the reports and the timeline alone: no call of this simulator's made it; where it is {@code counted}, the balance moves now. */
    private void movement(JsonNode in) {
        SimulatorShop.Contact contact = known(in, "contactID");
        if (in.path("counted").asBoolean()) {
            books.move(
                    in.path("type").asText(),
                    "m_" + UUID.randomUUID(),
                    contact,
                    in.path("discountID").asText(null),
                    null,
                    new BigDecimal(in.path("points").asText()),
                    null);
            return;
        }
        shop.movements.add(new SimulatorShop.Movement(
                in.path("type").asText("redemption"),
                in.path("id").asText("r_" + UUID.randomUUID()),
                contact,
                in.path("discountID").asText(null),
                in.path("transactionID").asText(null),
                new BigDecimal(in.path("points").asText("0")),
                in.path("note").asText(null),
                in.path("at").asLong(now())));
    }

    /** A single-use discount is given again; {@code listed}: the timeline says so. */
    private void grant(JsonNode in) {
        SimulatorShop.Contact contact = known(in, "contactID");
        String discount = in.path("discountID").asText();
        books.again(contact, discount);
        if (in.path("listed").asBoolean(true)) {
            books.move("grant", "g_" + UUID.randomUUID(), contact, discount, null, BigDecimal.ZERO, null);
        }
    }

    private SimulatorShop.Contact known(JsonNode in, String field) {
        SimulatorShop.Contact contact = shop.contacts.get(in.path(field).asText());
        if (contact == null) {
            throw new IllegalArgumentException(
                    "there is no contact " + in.path(field).asText());
        }
        switches.answers(contact.uid);
        return SimulatorShop.whole(contact);
    }

    private void discount(JsonNode in) {
        SimulatorShop.Discount discount = new SimulatorShop.Discount();
        discount.id = in.path("id").asText();
        discount.uid = in.path("uid").asText();
        discount.points = new BigDecimal(in.path("points").asText("0"));
        discount.reusable = in.path("reusable").asBoolean(false);
        discount.cooldownMs = in.path("cooldownMs").asLong(0);
        discount.starts = in.path("starts").asLong(0);
        discount.contacts = null;
        if (in.path("contacts").isArray()) {
            discount.contacts = new HashSet<>();
            in.path("contacts").forEach(c -> discount.contacts.add(c.asText()));
        }
        discount.template = JSON.createObjectNode()
                .put("posDiscountID", "")
                .put("avatar", "")
                .put("name", discount.id)
                .put("pageTitle", "")
                .put("inStoreRedemption", false)
                .put("expiration", 0)
                .put("tierDiscount", false)
                .put("internalName", "");
        in.properties().forEach(f -> {
            if (!List.of("id", "uid", "points", "reusable", "cooldownMs", "starts", "contacts")
                    .contains(f.getKey())) {
                discount.template.set(f.getKey(), f.getValue());
            }
        });
        shop.discounts.put(discount.id, discount);
    }

    private static ArrayNode array(List<ObjectNode> lines) {
        return JSON.createArrayNode()
                .addAll(lines.stream().map(l -> (JsonNode) l).collect(Collectors.toList()));
    }
}
