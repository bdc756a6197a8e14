package aiqbridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Speaks to a simulator's control port. */
public final class SimulatorControl {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public SimulatorControl(int controlPort) {
        base = "http://127.0.0.1:" + controlPort;
    }

    public void seedDemo() {
        ask("POST", "/seed-demo", Map.of());
    }

    public void account(String uid, String key) {
        ask("POST", "/accounts", Map.of("uid", uid, "key", key));
    }

    public void revoke(String key) {
        ask("POST", "/revoke", Map.of("key", key));
    }

    public void contact(String uid, String contactId, String phone, String points) {
        ask("POST", "/contacts", Map.of("uid", uid, "contactID", contactId, "phone", phone, "points", points));
    }

    /** Any kind of contact: uid, contactID, phone, email, points, hidePoints, loyalty, texts and emails (none, pending, in, out), firstName, lastName, srcID. */
    public void contact(Map<String, Object> contact) {
        ask("POST", "/contacts", contact);
    }

    /** Everything AIQ knows of a contact. */
    public JsonNode contact(String contactId) {
        return contacts().path(contactId);
    }

    /** Everybody, by contact id. */
    public JsonNode contacts() {
        return ask("GET", "/contacts", null);
    }

    /** The customer answers AIQ's text: YES or STOP. */
    public void texts(String contactId, String text) {
        ask("POST", "/texts", Map.of("contactID", contactId, "text", text));
    }

    /** Any kind of discount: uid, id, points, reusable, cooldownMs, starts (Unix seconds), contacts (their ids), and AIQ's own fields as they stand in a wallet. */
    public void discount(Map<String, Object> discount) {
        ask("POST", "/discounts", discount);
    }

    public void discount(String uid, String id, String points, boolean reusable) {
        ask(
                "POST",
                "/discounts",
                Map.of(
                        "uid",
                        uid,
                        "id",
                        id,
                        "name",
                        id,
                        "points",
                        points,
                        "reusable",
                        reusable,
                        "posDiscountID",
                        "D-" + id));
    }

    /** What AIQ's books hold from before: type, id, contactID, discountID, transactionID, points, note, at (epoch milliseconds of AIQ's clock); {@code counted}: the balance moves by it now. */
    public void movement(Map<String, Object> movement) {
        ask("POST", "/movements", movement);
    }

    public void set(String name, String value) {
        ask("POST", "/switches", Map.of(name, value));
    }

    /** For one account alone. */
    public void set(String uid, String name, String value) {
        ask("POST", "/switches", Map.of("uid", uid, name, value));
    }

    /** A single-use discount is the contact's once more; listed: their timeline says so. */
    public void grant(String contactId, String discountId, boolean listed) {
        ask("POST", "/grants", Map.of("contactID", contactId, "discountID", discountId, "listed", listed));
    }

    /** The first contact's wallet, timeline and rows of the reports are the second's from now on. */
    public void merge(String contactId, String into) {
        ask("POST", "/merges", Map.of("contactID", contactId, "into", into));
    }

    /** The balance changes by something that the timeline lists: type, contactID, points. */
    public void moves(String type, String contactId, int points) {
        ask("POST", "/movements", Map.of("type", type, "contactID", contactId, "points", points, "counted", true));
    }

    /** Every switch with its value and what it means. */
    public JsonNode switches() {
        return ask("GET", "/switches", null);
    }

    public void fault(String operation, String kind, int times) {
        ask("POST", "/faults", Map.of("operation", operation, "kind", kind, "times", times));
    }

    public void fault(Map<String, Object> fault) {
        ask("POST", "/faults", fault);
    }

    public void clearFaults() {
        ask("DELETE", "/faults", Map.of());
    }

    /** How far the simulator's clock is from the machine's. */
    public void clock(long offsetMs) {
        ask("POST", "/clock", Map.of("offsetMs", offsetMs));
    }

    /** The simulator's clock stands still at this time, epoch milliseconds. */
    public void clockAt(long millis) {
        ask("POST", "/clock", Map.of("stoppedAt", millis));
    }

    public String pin(String contactId) {
        return ask("GET", "/pins", null).path(contactId).asText(null);
    }

    public BigDecimal points(String contactId) {
        return ask("GET", "/balances", null).path(contactId).decimalValue();
    }

    public List<JsonNode> effects(String kind) {
        return matching(ask("GET", "/effects", null), "kind", kind);
    }

    /** The requests of one operation that arrived, in order. */
    public List<JsonNode> requests(String operation) {
        return matching(ask("GET", "/history", null), "operation", operation);
    }

    private static List<JsonNode> matching(JsonNode lines, String field, String value) {
        List<JsonNode> matching = new ArrayList<>();
        lines.forEach(line -> {
            if (line.path(field).asText().equals(value)) {
                matching.add(line);
            }
        });
        return matching;
    }

    private JsonNode ask(String method, String path, Map<String, ?> body) {
        try {
            HttpRequest.BodyPublisher publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .method(method, publisher)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalArgumentException(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
