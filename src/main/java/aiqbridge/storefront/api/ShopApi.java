package aiqbridge.storefront.api;

import aiqbridge.NewsOnly;
import aiqbridge.Settings;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.storefront.kind.KindApi;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.storefront.mapping.EventProblem;
import aiqbridge.storefront.mapping.ShopEvent;
import aiqbridge.storefront.mapping.ShopJson;
import aiqbridge.storefront.mapping.ShopRefused;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The door to the shops' own APIs: which question goes where, with which credential, and what an answer means for the row that needs it. A shop that is away, busy or
 * does not accept our token is left in peace for a while, and whatever needs it waits.
 */
public final class ShopApi {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private final StorefrontConnections connections;
    private final StorefrontSecrets secrets;
    private final Clock clock;
    private final Duration pause;
    private final StorefrontKinds kinds;
    private final Map<String, RowWaits> paused = new ConcurrentHashMap<>();

    public ShopApi(
            StorefrontConnections connections,
            StorefrontKinds kinds,
            StorefrontSecrets secrets,
            Settings settings,
            Clock clock) {
        this.kinds = kinds;
        this.connections = connections;
        this.secrets = secrets;
        this.clock = clock;
        this.pause = settings.duration("storefront.api-pause");
    }

    KindApi kind(String connection) {
        return kinds.api(connections.get(connection).kind());
    }

    /** The name of the header that carries a connection's credential. */
    public String header(String connection) {
        return kind(connection).header();
    }

    /** For the one who reads that the shop is silent. */
    public String hint(String connection) {
        return kind(connection).hint();
    }

    /**
     * The question for one cart or order.
     *
     * @throws EventProblem when the connection has no API, or its kind no path for that
     * @throws RowWaits while its kind cannot be read
     */
    public ShopCall fetch(ShopEvent.Fetch event) {
        String connection = event.connection();
        kinds.why(connections.get(connection).kind()).ifPresent(why -> {
            throw new RowWaits(clock.millis() + pause.toMillis(), why);
        });
        String path = kind(connection).paths().get(event.what());
        if (path == null || connections.get(connection).apiUrl() == null) {
            throw new EventProblem(
                    "The webhook only says that something changed, and the shop's API cannot be asked: set api.url in config/storefront/"
                            + connection + ".properties, then replay it.");
        }
        int query = path.indexOf('?');
        String filled = path.replace("{id}", encoded(event.id()));
        return query < 0
                ? new ShopCall(connection, filled, null)
                : new ShopCall(
                        connection,
                        filled.substring(0, filled.indexOf('?')),
                        filled.substring(filled.indexOf('?') + 1));
    }

    /**
     * The question, if it may be asked now.
     *
     * @param deadline epoch milliseconds after which others have waited long enough; null for never
     * @throws RowWaits else
     */
    public ShopCall enter(ShopCall call, Long deadline) {
        RowWaits waits = paused.get(call.connection());
        if (waits != null && waits.until() > clock.millis()) {
            throw waits;
        }
        if (deadline != null && clock.millis() >= deadline) {
            throw new RowWaits(clock.millis(), null);
        }
        return call;
    }

    /** @throws RowWaits when no token was entered */
    public String credential(ShopCall call) {
        List<String> tokens = secrets.good(call.connection(), StorefrontSecrets.API);
        if (tokens.isEmpty()) {
            throw pause(
                    call,
                    pause,
                    "The token of the shop's API is missing; enter it: aiq-bridge secrets add " + call.connection()
                            + " --for api");
        }
        String scheme = kind(call.connection()).scheme();
        String token = tokens.get(0);
        return scheme == null
                ? token
                : scheme + " "
                        + (scheme.equals("Basic")
                                ? Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))
                                : token);
    }

    /** @throws RowWaits or {@link ShopRefused} when it is no answer */
    public ShopAnswer heard(ShopCall call, Integer status, String retryAfter, String link, String body) {
        if (status >= 200 && status < 300) {
            return new ShopAnswer(body == null ? "" : ShopJson.bare(body), null, link);
        }
        if (status == 404 || status == 410) {
            return new ShopAnswer(null, null, null);
        }
        if (status == 401 || status == 403) {
            throw pause(
                    call,
                    pause,
                    "The shop's API refuses our token with " + status
                            + "; enter one that may read orders and carts: aiq-bridge secrets add " + call.connection()
                            + " --for api");
        }
        if (status == 429 || status == 408 || status >= 500) {
            throw pause(call, wait(retryAfter), "The shop's API answered " + status + ".");
        }
        throw new ShopRefused("The shop's API answered " + status
                + (status < 400 ? "; set api.url to the address to which it redirects." : "."));
    }

    /** The answer with its body as JSON, null where that cannot be read. */
    public ShopAnswer read(ShopAnswer answer, JsonNode json) {
        return new ShopAnswer(answer.body(), json, answer.link());
    }

    /** @throws RowWaits always: nothing was read */
    public ShopAnswer failed(ShopCall call, Throwable cause) {
        if (cause instanceof RowWaits waits) {
            throw waits;
        }
        if (cause instanceof ShopRefused refused) {
            throw refused;
        }
        throw pause(call, pause, "The shop's API gave no readable answer: " + NewsOnly.named(cause) + ".");
    }

    private RowWaits pause(ShopCall call, Duration time, String sentence) {
        RowWaits waits = new RowWaits(clock.millis() + time.toMillis(), sentence);
        paused.put(call.connection(), waits);
        return waits;
    }

    /** Retry-After in seconds, which may have a fraction, or as a date; at most an hour. */
    private Duration wait(String retryAfter) {
        Duration wait = pause;
        try {
            if (retryAfter != null && retryAfter.strip().matches("\\d{1,9}([.]\\d{1,9})?")) {
                wait = Duration.ofMillis((long) Math.ceil(Double.parseDouble(retryAfter.strip()) * 1_000));
            } else if (retryAfter != null) {
                wait = Duration.between(
                        clock.instant(), ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
            }
        } catch (DateTimeException e) {
            // as if it were not there
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
    }

    /** One segment of a path or one value of a query: every byte that is not a letter, a digit, a dash, an underscore or a tilde is encoded. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'A' && b <= 'Z'
                    || b >= 'a' && b <= 'z'
                    || b >= '0' && b <= '9'
                    || b == '-'
                    || b == '_'
                    || b == '~';
            encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return encoded.toString();
    }
}
