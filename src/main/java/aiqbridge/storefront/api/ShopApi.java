package aiqbridge.storefront.api;

import aiqbridge.NewsOnly;
import aiqbridge.Settings;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.network.ProxyFault;
import aiqbridge.privacy.Secret;
import aiqbridge.storefront.kind.KindApi;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.storefront.mapping.EventProblem;
import aiqbridge.storefront.mapping.ShopEvent;
import aiqbridge.storefront.mapping.ShopJson;
import aiqbridge.storefront.mapping.ShopRefused;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * The door to the shops' own APIs: which question goes where, with which credential, and what an answer means for the row that needs it. What fails for one thing is that
 * row's own trouble. A shop is left in peace for a while, and whatever needs it waits, only when it is certainly the shop's: it is busy (429), cannot be reached, or refuses our
 * token for two different things and for its kind's probe; and when several different things in a row fail and the probe does not answer either.
 */
public final class ShopApi {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /** What met a busy shop comes back after what only waited for it: that it alone is too much for the shop holds up nobody else. */
    private static final Duration BEHIND_THE_OTHERS = Duration.ofSeconds(5);
    /** How long the proof is good that there is a shop's API at that address. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    private static final DateTimeFormatter WITHOUT_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITH_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssX").withZone(ZoneOffset.UTC);

    private final StorefrontConnections connections;
    private final StorefrontSecrets secrets;
    private final Clock clock;
    private final Duration pause;
    private final StorefrontKinds kinds;
    private final Map<String, ShopHealth> health = new ConcurrentHashMap<>();

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

    /** Every shop, and whether it is asked for all of its orders: {@code answers}, or {@code never} where of some only its webhooks tell. */
    public List<AskedShop> asked() {
        return connections.all().stream()
                .map(shop -> new AskedShop(
                        shop.name(),
                        shop.apiUrl() != null && kinds.api(shop.kind()).complete() ? "answers" : "never"))
                .toList();
    }

    /** What to ask the shop anew: the order, where it told two states of one moment and can be asked for it. */
    public List<ShopEvent.Fetch> anew(ShopEvent event, List<Integer> unclear) {
        return event instanceof ShopEvent.Order order
                        && order.answered() == 0
                        && unclear != null
                        && unclear.contains(1)
                        && connections
                                .find(order.connection())
                                .filter(shop -> shop.apiUrl() != null
                                        && kinds.api(shop.kind()).paths().containsKey("order"))
                                .isPresent()
                ? List.of(new ShopEvent.Fetch(order.connection(), "order", order.orderId()))
                : List.of();
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
        return call(connection, path.replace("{id}", encoded(event.id())), event.what() + " " + event.id(), false);
    }

    private static ShopCall call(String connection, String address, String thing, boolean list) {
        int query = address.indexOf('?');
        return query < 0
                ? new ShopCall(connection, address, null, thing, list)
                : new ShopCall(connection, address.substring(0, query), address.substring(query + 1), thing, list);
    }

    /**
     * The question for a page of a list.
     *
     * @param since  epoch milliseconds
     * @param cursor the shop's name for the page, null for its first
     */
    ShopCall list(String connection, KindApi.Poll poll, long since, int page, String cursor) {
        return list(connection, poll, since, poll.size(), page, cursor);
    }

    private static ShopCall list(String connection, KindApi.Poll poll, long since, int size, int page, String cursor) {
        Instant from = Instant.ofEpochMilli(since);
        String query = (cursor == null ? poll.query() : poll.next())
                .replace("{since}", encoded(WITH_ZONE.format(from)))
                .replace("{since-utc}", encoded(WITHOUT_ZONE.format(from)))
                .replace("{since-epoch}", Long.toString(from.getEpochSecond()))
                .replace("{size}", Integer.toString(size))
                .replace("{page}", Integer.toString(page))
                .replace("{offset}", Long.toString((page - 1L) * size))
                .replace("{cursor}", encoded(String.valueOf(cursor)));
        return new ShopCall(connection, poll.path(), query, "list " + poll.name(), true);
    }

    /** What every shop of that kind answers whom it lets in: its kind's probe, else the first list that is asked for, one row of it; null where the kind has neither. */
    private ShopCall probe(String connection) {
        KindApi kind = kind(connection);
        return kind.probe() != null
                ? call(connection, kind.probe(), "probe", true)
                : kind.polls().isEmpty() ? null : list(connection, kind.polls().get(0), clock.millis(), 1, 1, null);
    }

    public ShopCall probe(Doubt doubt) {
        return probe(doubt.call().connection());
    }

    private ShopHealth health(ShopCall call) {
        return health.computeIfAbsent(call.connection(), c -> new ShopHealth());
    }

    /**
     * The question, if it may be asked now.
     *
     * @param deadline epoch milliseconds after which others have waited long enough; null for never, when the clock asks for what was missed
     * @throws RowWaits else
     */
    public ShopCall enter(ShopCall call, Long deadline) {
        health(call).enter(clock.millis(), deadline == null);
        if (deadline != null && clock.millis() >= deadline) {
            throw new RowWaits(clock.millis(), null);
        }
        return call;
    }

    /** @throws RowWaits when no token was entered */
    public String credential(ShopCall call) {
        List<Secret> tokens = secrets.good(call.connection(), StorefrontSecrets.API);
        if (tokens.isEmpty()) {
            throw certain(
                    call,
                    "The token of the shop's API is missing; enter it: aiq-bridge secrets add " + call.connection()
                            + " --for api");
        }
        String scheme = kind(call.connection()).scheme();
        String token = tokens.get(0).plain();
        return scheme == null
                ? token
                : scheme + " "
                        + (scheme.equals("Basic")
                                ? Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))
                                : token);
    }

    /**
     * @return its body null where the shop certainly has no such thing
     * @throws NoAnswer when nothing follows from it for itself
     */
    public ShopAnswer heard(ShopCall call, Integer status, String retryAfter, String link, String body) {
        if (status >= 200 && status < 300) {
            return new ShopAnswer(body == null ? "" : ShopJson.bare(body), null, link);
        }
        boolean none = status == 404 || status == 410;
        if (none
                && (call.list()
                        || probe(call.connection()) == null
                        || health(call).gaveSince(clock.millis() - PROVEN.toMillis()))) {
            return new ShopAnswer(null, null, null);
        }
        throw new NoAnswer(status, retryAfter);
    }

    /**
     * The answer with its body as JSON.
     *
     * @throws NoAnswer when it cannot be read
     */
    public ShopAnswer read(ShopCall call, ShopAnswer answer, JsonNode json) {
        if (answer.body() != null) {
            if (json == null && !answer.body().isBlank()) {
                throw new NoAnswer(200, null);
            }
            health(call).gave(clock.millis());
        }
        return new ShopAnswer(answer.body(), json, answer.link());
    }

    /**
     * Whose fault it is that there is no answer: told at once, or a doubt that the kind's probe settles.
     *
     * @throws RowWaits when it is the shop's
     * @throws ShopRefused when it is this one thing's
     */
    public Doubt judged(ShopCall call, Throwable fault) {
        if (!(fault instanceof NoAnswer answer)) {
            throwJudged(fault);
            if (unreachable(fault)) {
                throw certain(
                        call,
                        "The shop's API cannot be reached: "
                                + ProxyFault.why(fault).orElse(NewsOnly.named(fault)) + ".");
            }
            return failing(call, 0, "The shop's API gave no readable answer: " + NewsOnly.named(fault) + ".", 0);
        }
        int status = answer.status;
        if (status == 429) {
            long until = clock.millis() + wait(answer.retryAfter).toMillis();
            String sentence = "The shop's API answered 429.";
            health(call).pause(until, sentence, true);
            throw call.list() ? new RowWaits(until, sentence) : behind(until, sentence);
        }
        if (status == 401 || status == 403) {
            String sentence = "The shop's API refuses our token with " + status
                    + " for this; is it one that may read it? " + enter(call);
            health(call).failed(call.thing(), status);
            return health(call).isRepeated(status) && probe(call.connection()) != null
                    ? new Doubt(call, Doubt.About.KEY, status, sentence, 0)
                    : failing(call, status, sentence, 0);
        }
        if (status == 408 || status >= 500) {
            long until = answer.retryAfter == null
                    ? 0
                    : clock.millis() + wait(answer.retryAfter).toMillis();
            return failing(call, status, "The shop's API answered " + status + ".", until);
        }
        if (status == 200) {
            return failing(call, 0, "The shop's API answered with something other than JSON.", 0);
        }
        if (status == 404 || status == 410) {
            String sentence = "The shop's API answers " + status + " to everything; is api.url right?";
            return new Doubt(call, Doubt.About.ADDRESS, status, sentence, 0);
        }
        throw new ShopRefused("The shop's API answered " + status
                + (status < 400 ? "; set api.url to the address to which it redirects." : "."));
    }

    private Doubt failing(ShopCall call, int status, String sentence, long until) {
        health(call).failed(call.thing(), status);
        if (!health(call).isSeveral()) {
            throw new ShopRefused(sentence, until);
        }
        Doubt doubt = new Doubt(call, Doubt.About.SHOP, status, sentence, until);
        if (probe(call.connection()) == null) {
            throw unsettled(doubt);
        }
        return doubt;
    }

    /**
     * What follows when the probe was answered.
     *
     * @return that there is no such thing
     * @throws RowWaits when it is the shop's
     * @throws ShopRefused when it is this one thing's
     */
    public ShopAnswer settled(Doubt doubt, Integer status) {
        if (doubt.about() == Doubt.About.KEY && status == doubt.status()) {
            throw certain(
                    doubt.call(),
                    "The shop's API refuses our token with " + status + "; enter one that may read orders and carts: "
                            + enter(doubt.call()));
        }
        // one that may not know what the probe asks for is answered by the shop all the same
        if (status >= 200 && status < 300 || status == 401 || status == 403) {
            health(doubt.call()).gave(clock.millis());
            if (doubt.about() == Doubt.About.ADDRESS) {
                return new ShopAnswer(null, null, null);
            }
            throw new ShopRefused(doubt.sentence(), doubt.until());
        }
        throw unsettled(doubt);
    }

    /** The same when the probe was not answered. */
    public void unsettled(Doubt doubt, Throwable fault) {
        throwJudged(fault);
        if (unreachable(fault)) {
            throw certain(
                    doubt.call(),
                    "The shop's API cannot be reached: " + ProxyFault.why(fault).orElse(NewsOnly.named(fault)) + ".");
        }
        throw unsettled(doubt);
    }

    /** Probably the shop's: it is left in peace, and the thing has failed all the same, so that nothing waits for ever. */
    private ShopRefused unsettled(Doubt doubt) {
        if (health(doubt.call()).isSeveral()) {
            health(doubt.call())
                    .pause(
                            clock.millis() + pause.toMillis(),
                            "The shop's API failed for several things in a row.",
                            false);
        }
        return new ShopRefused(doubt.sentence(), doubt.until());
    }

    private static void throwJudged(Throwable fault) {
        if (fault instanceof RowWaits waits) {
            throw waits;
        }
        if (fault instanceof ShopRefused refused) {
            throw refused;
        }
    }

    /** Nobody is there, or not whom we may trust: the same for whatever is asked. */
    private static boolean unreachable(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private RowWaits certain(ShopCall call, String sentence) {
        return health(call).pause(clock.millis() + pause.toMillis(), sentence, true);
    }

    private static RowWaits behind(long until, String sentence) {
        return new RowWaits(until + BEHIND_THE_OTHERS.toMillis(), sentence);
    }

    private static String enter(ShopCall call) {
        return "aiq-bridge secrets add " + call.connection() + " --for api";
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
