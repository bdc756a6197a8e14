package aiqbridge.firstcontact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An AIQ that does what the simulator does and says all of it differently: other paths, names, units and statuses. */
final class OtherAiq implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> WALLET = Map.of(
            "loyaltyPoints", "balance",
            "discountTemplates", "rewards",
            "contactID", "personaID",
            "redemptionURL", "redeemAt",
            "pointsDeduction", "cost",
            "id", "template");
    private static final Map<String, String> ROW = Map.of(
            "redemptionID", "redemptionRef",
            "templateID", "rewardTemplate",
            "transactionID", "saleNo",
            "points", "change",
            "ts", "at",
            "type", "kind",
            "contactID", "persona",
            "note", "remark");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final String simulator;
    private final HttpServer server;

    OtherAiq(String simulator) {
        this.simulator = simulator;
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private record Said(int status, String body, String date) {}

    private void answer(HttpServerRequest request) {
        String path = URI.create(request.uri()).getRawPath();
        String key = request.getHeader("X-APIKEY");
        request.body()
                .compose(body -> vertx.executeBlocking(
                        () -> said(request.method().name(), path, request.query(), body.toString(), key), false))
                .onSuccess(said -> {
                    request.response().setStatusCode(said.status).putHeader("Content-Type", "application/json");
                    if (said.date != null) {
                        request.response().putHeader("Date", said.date);
                    }
                    request.response().end(said.body);
                })
                // the simulator hung up, or said nothing: so does this one
                .onFailure(e -> request.connection().close());
    }

    private Said said(String method, String path, String query, String body, String key) throws IOException {
        if (path.equals("/api/v2/verify/contact/wallet") || path.startsWith("/api/v1.1/discount/refund/")) {
            return new Said(
                    404,
                    "{\"errors\":[{\"message\":\"Not Found\",\"code\":404}],\"code\":404,\"success\":false}",
                    null);
        }
        if (path.equals("/api/v3/code/send")) {
            return ask("POST", "/api/v2/verify/contact/wallet", null, body, key);
        }
        if (path.startsWith("/api/v3/redeem/")) {
            Said said = ask(method, path.replace("/api/v3/redeem/", "/api/v1.1/discount/redeem/"), null, body, key);
            return data(said, data -> {
                ObjectNode redemption = JSON.createObjectNode();
                redemption.putObject("redemption").put("ref", data.path("id").asText());
                return redemption;
            });
        }
        if (path.startsWith("/api/v3/undo/")) {
            return method.equals("POST")
                    ? ask("PUT", path.replace("/api/v3/undo/", "/api/v1.1/discount/refund/"), null, body, key)
                    : new Said(405, "", null);
        }
        if (path.contains("/adjust/loyaltyPoints/")) {
            ObjectNode other = (ObjectNode) JSON.readTree(body);
            other.set("value", other.remove("amount"));
            return ask(method, path, null, other.toString(), key);
        }
        Matcher report = Pattern.compile("(/api/v1.1/(?:redemptions|adjustments)/[^/]+/)(\\d+)/(\\d+)")
                .matcher(path);
        if (report.matches()) {
            Said said = ask(
                    method,
                    report.group(1) + seconds(report.group(2)) + "/" + seconds(report.group(3)),
                    null,
                    body,
                    key);
            boolean shown = path.contains("/adjustments/") && report.group(2).length() > 11;
            return data(said, data -> {
                ObjectNode rows = JSON.createObjectNode();
                rows.set("rows", shown ? rows(data) : JSON.createArrayNode());
                return rows;
            });
        }
        if (path.contains("/timeline/")) {
            boolean millis = query.matches("start=\\d{12,}.*");
            Matcher times = Pattern.compile("start=(\\d+)&end=(\\d+)").matcher(query);
            Said said = times.matches()
                    ? ask(
                            method,
                            path,
                            "start=" + seconds(times.group(1)) + "&end=" + seconds(times.group(2)),
                            body,
                            key)
                    : ask(method, path, query, body, key);
            return data(said, data -> {
                ObjectNode timeline = JSON.createObjectNode();
                timeline.set("history", millis ? rows(data.path("events")) : JSON.createArrayNode());
                return timeline;
            });
        }
        Said said = ask(method, path, query, body, key);
        if (path.contains("/lookup/") || path.equals("/api/v2/wallet")) {
            if (said.status == 404) {
                return new Said(200, "{\"data\":{},\"code\":200,\"success\":true}", said.date);
            }
        }
        if (path.contains("/lookup/")) {
            return data(said, data -> renamed(data, Map.of("contactID", "personaID", "loyalty", "isMember")));
        }
        if (path.endsWith("/wallet")) {
            return data(said, this::wallet);
        }
        if (path.equals("/api/v2/loyalty")) {
            return data(said, data -> renamed(data, Map.of("contactID", "personaID", "existing", "alreadyKnown")));
        }
        return said;
    }

    /** In milliseconds it is asked for; in seconds it shows nothing, as of a time long ago. */
    private static String seconds(String time) {
        return time.length() > 11 ? time.substring(0, time.length() - 3) : time;
    }

    private JsonNode wallet(JsonNode data) {
        ObjectNode wallet = (ObjectNode) renamed(data, WALLET);
        wallet.put("balance", wallet.path("balance").asText());
        for (JsonNode reward : wallet.path("rewards")) {
            ObjectNode one = (ObjectNode) reward;
            one.put(
                    "redeemAt",
                    one.path("redeemAt")
                            .asText()
                            .replace(simulator, baseUrl())
                            .replace("/api/v1.1/discount/redeem/", "/api/v3/redeem/"));
            if (one.has("expiration")) {
                one.put("expiration", one.path("expiration").longValue() * 1_000);
            }
        }
        return wallet;
    }

    private static ArrayNode rows(JsonNode rows) {
        ArrayNode other = JSON.createArrayNode();
        for (JsonNode row : rows) {
            ObjectNode one = (ObjectNode) renamed(row, ROW);
            one.put("at", one.path("at").longValue() * 1_000 + 7);
            one.remove("id");
            if (one.path("kind").asText().equals("refund")) {
                one.put("kind", "points returned");
            }
            other.add(one);
        }
        return other;
    }

    private static JsonNode renamed(JsonNode node, Map<String, String> names) {
        if (node instanceof ArrayNode list) {
            ArrayNode other = JSON.createArrayNode();
            list.forEach(one -> other.add(renamed(one, names)));
            return other;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode other = JSON.createObjectNode();
        object.properties()
                .forEach(f -> other.set(names.getOrDefault(f.getKey(), f.getKey()), renamed(f.getValue(), names)));
        return other;
    }

    private interface Change {
        JsonNode of(JsonNode data);
    }

    private static Said data(Said said, Change change) throws IOException {
        if (said.status != 200) {
            return said;
        }
        JsonNode envelope = JSON.readTree(said.body);
        if (!envelope.isObject() || !envelope.has("data")) {
            return said;
        }
        ((ObjectNode) envelope).set("data", change.of(envelope.get("data")));
        return new Said(200, envelope.toString(), said.date);
    }

    private Said ask(String method, String path, String query, String body, String key) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(simulator + path + (query == null ? "" : "?" + query)))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (key != null) {
            request.header("X-APIKEY", key);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            // its limiter speaks another status too
            return new Said(
                    answer.statusCode() == 429 ? 503 : answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Date").orElse(null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
