package aiqbridge.http;

import aiqbridge.api.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** What is said to whoever does not come in, or asks where no route listens: people get a page, programs a problem, both with the headers of our other answers. */
public final class Refusals {
    /** So much of a body that nobody wants is still taken, for so long: a client that is cut off while it sends does not read the answer. */
    private static final long STILL_TAKEN = 8 * 1_048_576;

    private static final long STILL_TAKEN_MS = 2_000;
    private static final Set<String> FOR_WHAT_IT_IS =
            Set.of("request-malformed", "body-too-large", "body-too-slow", "body-broken-off");

    private final UnaryOperator<String> page;
    private final Map<String, String> headers;
    private final BiConsumer<HttpServerRequest, String> told;

    /**
     * @param page    a page that says this sentence
     * @param headers of every answer
     * @param told    of each request that is refused for what it is, whoever sends it, and why
     */
    public Refusals(
            UnaryOperator<String> page, Map<String, String> headers, BiConsumer<HttpServerRequest, String> told) {
        this.told = told;
        this.page = page;
        this.headers = headers;
    }

    void answerOn(Router router) {
        router.errorHandler(400, asked -> unrouted(asked, malformed()));
        router.errorHandler(
                404,
                asked -> unrouted(asked, new Problem(404, "unknown-address", "There is nothing at this address.")));
        router.errorHandler(
                405,
                asked -> unrouted(asked, new Problem(405, "method-not-allowed", "This method is not allowed here.")));
    }

    static Problem malformed() {
        return new Problem(400, "request-malformed", "The request cannot be read.");
    }

    /** What no router can take. */
    void unreadable(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        headers.forEach(response::putHeader);
        response.setStatusCode(400)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(JsonObject.mapFrom(malformed().members()).encode());
    }

    void unrouted(RoutingContext asked, Problem problem) {
        String accepted = asked.request().getHeader("Accept");
        answer(asked, problem, accepted != null && accepted.contains("text/html"));
    }

    void elsewhere(RoutingContext asked, String location) {
        HttpServerResponse response = asked.response();
        if (!response.ended() && !response.closed()) {
            headers.forEach(response::putHeader);
            response.setStatusCode(303).putHeader("Location", location);
            end(asked, "");
        }
    }

    void answer(RoutingContext asked, Problem problem, boolean browser) {
        HttpServerResponse response = asked.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (FOR_WHAT_IT_IS.contains(problem.code())) {
            // it may be written into the database
            asked.vertx()
                    .executeBlocking(
                            () -> {
                                told.accept(asked.request(), problem.code());
                                return null;
                            },
                            false);
        }
        headers.forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", browser ? "text/html; charset=utf-8" : "application/problem+json");
        if (problem.retryAfter() != null) {
            response.putHeader("Retry-After", Long.toString(problem.retryAfter()));
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        end(
                asked,
                browser
                        ? page.apply(problem.getMessage())
                        : JsonObject.mapFrom(problem.members()).encode());
    }

    private static void end(RoutingContext asked, String text) {
        HttpServerRequest request = asked.request();
        boolean unread = Front.length(request) != 0 && !request.isEnded();
        if (unread) {
            asked.response().putHeader("Connection", "close");
        }
        Future<Void> sent = asked.response().end(text);
        if (unread) {
            takeTheRest(asked, sent);
        } else {
            request.resume();
        }
    }

    private static void takeTheRest(RoutingContext asked, Future<Void> sent) {
        HttpServerRequest request = asked.request();
        long[] taken = {0};
        asked.vertx().setTimer(STILL_TAKEN_MS, late -> request.connection().close());
        request.exceptionHandler(gone -> {});
        request.handler(part -> {
            taken[0] += part.length();
            if (taken[0] > STILL_TAKEN) {
                request.connection().close();
            }
        });
        request.endHandler(end -> sent.onComplete(done -> request.connection().close()));
        request.resume();
    }
}
