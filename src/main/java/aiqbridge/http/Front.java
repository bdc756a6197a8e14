package aiqbridge.http;

import aiqbridge.NewsOnly;
import aiqbridge.api.Problem;
import aiqbridge.http.ArrivingBody.Held;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.CollectionHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one front of every door, in the order in which it asks: can the request be read at all, who is asking, how much may they send, has it arrived in time; and then what of it reaches the
 * route's message. A route that listens, also one that is added, is behind it.
 */
final class Front {
    /** The exchange's property that says who is asking, as the door found out. */
    static final String WHO = "who";
    /** The exchange's property that holds the parameters of the query, by name; several of one name are one value with commas, which is nothing that was asked for. */
    static final String QUERY = "query";

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final String HELD = "aiqbridge.held";
    private static final String ADMITTED = "aiqbridge.admitted";
    private final OpenConnections connections;
    private final Duration patience;
    private final Refusals refusals;
    private final NewsOnly said = new NewsOnly(Clock.systemUTC());
    private volatile boolean closing;

    /** @param patience with a body */
    Front(OpenConnections connections, Duration patience, Refusals refusals) {
        this.connections = connections;
        this.patience = patience;
        this.refusals = refusals;
    }

    /** Whoever comes from now on is told to come again. */
    void closing() {
        closing = true;
    }

    /** Every request, before it is looked where it leads. */
    void hear(RoutingContext asked) {
        connections.heard(asked, () -> goesOn(asked));
    }

    private void goesOn(RoutingContext asked) {
        if (closing) {
            refusals.unrouted(asked, shuttingDown());
        } else if (!readable(asked)) {
            refusals.unrouted(asked, Refusals.malformed());
        } else {
            asked.next();
        }
    }

    /** A host is named, the path can be decoded, and where the body ends is said in one way only. */
    private static boolean readable(RoutingContext asked) {
        HttpServerRequest request = asked.request();
        try {
            String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
            boolean oneLength = coding == null
                    || coding.equalsIgnoreCase("chunked")
                            && request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                            && request.headers()
                                            .getAll(HttpHeaders.TRANSFER_ENCODING)
                                            .size()
                                    == 1;
            return oneLength && length(request) >= -1 && request.authority() != null && asked.normalizedPath() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A request for a route of this door. */
    void enter(Door door, RoutingContext asked) {
        HttpServerRequest request = asked.request().pause();
        connections.reads(request.connection(), false);
        asked.vertx()
                .executeBlocking(() -> admit(door, request), false)
                .compose(who -> body(door, asked)
                        .onSuccess(held -> comesIn(asked, who, held))
                        .onFailure(why -> door.admission().refused(who, problem(why))))
                .onSuccess(in -> goesIn(door, asked))
                .onFailure(why -> refused(asked, why, door));
    }

    private void refused(RoutingContext asked, Throwable why, Door door) {
        if (why instanceof Elsewhere elsewhere) {
            refusals.elsewhere(asked, elsewhere.location());
        } else {
            refusals.answer(asked, problem(why), door.pages());
        }
    }

    /** To the route, if it still stands: a request may have taken its time. */
    private void goesIn(Door door, RoutingContext asked) {
        if (closing) {
            asked.<Held>get(HELD).letGo().run();
            refusals.answer(asked, shuttingDown(), door.pages());
        } else {
            asked.next();
        }
    }

    private static Problem shuttingDown() {
        return Problem.tryAgain(Duration.ofSeconds(5), "The bridge is shutting down.");
    }

    private static Object admit(Door door, HttpServerRequest request) {
        return door.admission().admit(request);
    }

    private Future<Held> body(Door door, RoutingContext asked) {
        HttpServerRequest request = asked.request();
        long length = length(request);
        int largest = request.method() == HttpMethod.POST ? door.largestBody() : 0;
        if (length > largest || length < 0 && largest == 0) {
            return Future.failedFuture(Door.tooLarge(largest));
        }
        if (length == 0) {
            request.resume();
            return Future.succeededFuture(new Held(new byte[0], () -> {}));
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            asked.response().writeContinue();
        }
        connections.reads(request.connection(), true);
        return ArrivingBody.of(asked, door, patience);
    }

    /** In bytes; -1 when it is in chunks and thus not said. */
    static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null
                ? Long.parseLong(length.strip())
                : request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null ? -1 : 0;
    }

    private void comesIn(RoutingContext asked, Object who, Held held) {
        connections.working(asked.request().connection());
        asked.put(HELD, held);
        if (who != null) {
            asked.put(ADMITTED, who);
        }
    }

    private Problem problem(Throwable why) {
        if (why instanceof Problem problem) {
            return problem;
        }
        String what = NewsOnly.named(why);
        if (said.is(what)) {
            LOG.warn("requests are refused: {}", what);
        }
        return Problem.tryAgain(
                Duration.ofSeconds(5), "The bridge cannot do this right now. It is safe to repeat the request.");
    }

    /**
     * What of a request reaches the message: the headers that were sent as headers, what the path says, and the body. A parameter of the query is no header:
     * whoever can make somebody follow a link would else sign, sign in and speak for them. What a path says goes before what a header of that name says.
     */
    static void reach(RoutingContext asked, Exchange exchange, PlatformHttpEndpoint endpoint) {
        HttpServerRequest request = asked.request();
        Message message = exchange.getIn();
        Map<String, Object> headers = message.getHeaders();
        HeaderFilterStrategy filter = endpoint.getHeaderFilterStrategy();
        request.headers().forEach(header -> {
            if (!filter.applyFilterToExternalHeaders(header.getKey(), header.getValue(), exchange)) {
                CollectionHelper.appendEntry(headers, header.getKey(), header.getValue());
            }
        });
        headers.putAll(asked.pathParams());
        headers.put(VertxPlatformHttpConstants.REMOTE_ADDRESS, request.remoteAddress());
        headers.put(Exchange.HTTP_METHOD, request.method().name());
        headers.put(Exchange.HTTP_PATH, asked.normalizedPath());
        headers.put(Exchange.HTTP_URL, request.absoluteURI());
        headers.put(Exchange.HTTP_RAW_QUERY, request.query());
        Held held = asked.get(HELD);
        message.setBody(held.bytes());
        exchange.setProperty(WHO, asked.<Object>get(ADMITTED));
        Map<String, String> query = new HashMap<>();
        asked.queryParams()
                .forEach(parameter ->
                        query.merge(parameter.getKey(), parameter.getValue(), (one, another) -> one + "," + another));
        exchange.setProperty(QUERY, query);
        // not when the client is gone: the body is in memory for as long as the route works on it
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                held.letGo().run();
            }
        });
    }
}
