package aiqbridge.storefront.door;

import aiqbridge.Sha256;
import aiqbridge.StartRefused;
import aiqbridge.api.Problem;
import aiqbridge.audit.RefusalLog;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.http.Admission;
import aiqbridge.http.Sender;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.storefront.kind.StorefrontKind.Part;
import aiqbridge.storefront.kind.StorefrontKinds;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Lets a webhook in: it is for a connection that we have; and when its body is there, of a type that its kind sends, and from whom it says. In this order. */
public final class WebhookDoor implements Admission {
    /** Bytes. */
    public static final int LARGEST = WebhookBody.LARGEST;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private final StorefrontConnections connections;
    private final StorefrontKinds kinds;
    private final SignatureCheck signatures;
    private final WebhookCount count;
    private final Sender sender;
    private final RefusalLog refusals;
    private final Clock clock;

    public WebhookDoor(
            StorefrontConnections connections,
            StorefrontKinds kinds,
            SignatureCheck signatures,
            WebhookCount count,
            Sender sender,
            RefusalLog refusals,
            Clock clock) {
        this.connections = connections;
        this.kinds = kinds;
        this.signatures = signatures;
        this.count = count;
        this.sender = sender;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** The connection for which it is; 404 where there is none. */
    @Override
    public StorefrontConnection admit(HttpServerRequest asked) {
        String[] path = asked.path().split("/");
        return connections
                .find(path[path.length - 1])
                .filter(c -> asked.path().equals("/webhooks/" + c.kind() + "/" + c.name()))
                .orElseThrow(() -> {
                    count.add("unknown", "connection-unknown");
                    return new Problem(404, "connection-unknown", "There is no such connection of this kind.");
                });
    }

    @Override
    public void refused(Object who, Problem problem) {
        count.add(((StorefrontConnection) who).kind(), problem.code());
    }

    /**
     * Null for a ping, which wants nothing but its 200.
     *
     * @throws Problem 415, 401; 503 while its kind cannot be read: the shop sends it again
     */
    public Delivery enter(Exchange exchange) {
        StorefrontConnection connection = exchange.getProperty("who", StorefrontConnection.class);
        try {
            WebhookRequest request = request(kind(connection), connection, exchange.getMessage());
            if (request.kind().ping() != null
                    && request.body().length < 100
                    && request.kind()
                            .ping()
                            .matcher(new String(request.body(), StandardCharsets.US_ASCII))
                            .matches()) {
                count.add(connection.kind(), "ping");
                return null;
            }
            switch (signatures.verdict(request)) {
                case WRONG -> throw new Problem(401, "signature-wrong", "The signature or token is missing or wrong.");
                case STALE ->
                    throw new Problem(401, "timestamp-stale", "The webhook was signed too long ago or in the future.");
                case GOOD -> {}
            }
            return delivery(request, request.read());
        } catch (Problem problem) {
            count.add(connection.kind(), problem.code());
            if (problem.status() == 401) {
                refusals.refused(
                        RefusalLog.somebodyAt(sender.of(exchange.getMessage())), "webhook-refused", connection.name());
            }
            throw problem;
        }
    }

    private StorefrontKind kind(StorefrontConnection connection) {
        try {
            return kinds.get(connection.kind());
        } catch (StartRefused e) {
            throw Problem.tryAgain(Duration.ofMinutes(1), "Webhooks of this kind cannot be verified at the moment.");
        }
    }

    private static WebhookRequest request(StorefrontKind kind, StorefrontConnection connection, Message message) {
        byte[] body = message.getBody(byte[].class);
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (value instanceof String text) {
                headers.put(name.toLowerCase(Locale.ROOT), text);
            }
        });
        String mediaType = mediaType(headers.getOrDefault("content-type", ""));
        if (!kind.accepts().contains(mediaType)
                || !headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")) {
            throw new Problem(
                    415,
                    "content-type-wrong",
                    "A webhook of this kind is "
                            + String.join(
                                    " or ", kind.accepts().stream().sorted().toList()) + ", not compressed.");
        }
        WebhookRequest request = new WebhookRequest(
                kind,
                connection,
                headers,
                mediaType,
                charset(headers.getOrDefault("content-type", "")),
                token(message.getHeader(Exchange.HTTP_RAW_QUERY, String.class)),
                body,
                null);
        return kind.signsFields() ? request.readEarly() : request;
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    private static Charset charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** 1 to 200 visible characters of ASCII: what may stand in a row and a log as it is. */
    private static boolean plain(String text) {
        return !text.isEmpty() && text.length() <= 200 && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static String token(String query) {
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith("token=")) {
                try {
                    return URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private Delivery delivery(WebhookRequest request, WebhookBody body) {
        StorefrontKind kind = request.kind();
        String topic = topic(kind.topic() == null ? null : part(kind.topic(), request, body, null));
        Map<String, String> headers = new TreeMap<>();
        kind.headers().forEach(name -> {
            if (request.headers().containsKey(name)) {
                headers.put(name, request.headers().get(name));
            }
        });
        try {
            return new Delivery(
                    kind.name(),
                    request.connection().name(),
                    key(request, body, topic),
                    topic,
                    request.mediaType(),
                    JSON.writeValueAsString(headers),
                    body.text(),
                    clock.millis());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that may not stand in a row as it is bears a replaced character, so that it parks. */
    private static String topic(String said) {
        return said == null || plain(said)
                ? said
                : said.substring(0, Math.min(100, said.length())).replaceAll("[^!-~]", "\ufffd") + "\ufffd";
    }

    /**
     * Of what is signed alone: a body that somebody caught is the same delivery under whatever id and topic it is sent again. The same body under another topic that the kind
     * knows is another delivery, as it may mean something else. A body that does not say when it happened may be two events that look alike: its id tells them apart.
     */
    private static String key(WebhookRequest request, WebhookBody body, String topic) {
        StorefrontKind kind = request.kind();
        List<Part> told = new ArrayList<>(kind.delivery());
        if (kind.time() != null && blank(part(kind.time(), request, body, topic))) {
            told.addAll(kind.untimed());
        }
        List<String> parts = new ArrayList<>();
        boolean complete = true;
        for (Part part : told) {
            String value = part(part, request, body, topic);
            complete &= !blank(value);
            parts.add(value);
        }
        String key = complete ? String.join("|", parts) : counted(kind, topic) + "|" + Sha256.hex(request.body());
        return plain(key) ? key : Sha256.hex(key);
    }

    private static boolean blank(String value) {
        return value == null || value.isBlank();
    }

    /** The topic, or that it is none of those that count. */
    private static String counted(StorefrontKind kind, String topic) {
        return kind.topics() == null
                        || topic != null && kind.topics().matcher(topic).matches()
                ? topic
                : "other";
    }

    /** Null when the delivery does not have it. */
    private static String part(Part part, WebhookRequest request, WebhookBody body, String topic) {
        return switch (part.from()) {
            case HEADER -> request.headers().get(part.name());
            case BODY -> body.fields().get(part.name());
            case DIGEST -> Sha256.hex(request.body());
            case TOPIC -> counted(request.kind(), topic);
            case PART -> null;
        };
    }
}
