package aiqbridge.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of one port: at most so many, and none for longer than its client may take to send a request, to take the answer, or to rest in between. How long the answer is worked on is
 * the flow's affair. Where there are too many, the one that has been open longest without being worked for makes room, so that whoever holds connections keeps nobody out.
 */
final class OpenConnections implements Handler<HttpConnection> {
    private static final long AS_LONG_AS_IT_TAKES = Long.MAX_VALUE;
    private static final Duration TO_SAY_SO = Duration.ofSeconds(5);
    private final int most;
    private final Patience patience;
    private final Map<HttpConnection, Long> until = new LinkedHashMap<>();

    /** How long a client may take to send a whole request, to take an answer, and to rest after it. */
    record Patience(Duration request, Duration answer, Duration rest) {
        /** How often connections are looked at. */
        Duration look() {
            return Duration.ofMillis(Math.max(20, Math.min(1_000, Math.min(request.toMillis(), Math.min(answer.toMillis(), rest.toMillis())) / 4)));
        }
    }

    OpenConnections(int most, Patience patience) {
        this.most = most;
        this.patience = patience;
    }

    @Override public synchronized void handle(HttpConnection opened) {
        if (until.size() >= most) {
            HttpConnection leaves = until.entrySet().stream().filter(one -> one.getValue() != AS_LONG_AS_IT_TAKES).map(Map.Entry::getKey).findFirst().orElse(opened);
            until.remove(leaves);
            leaves.close();
            if (leaves == opened) {
                return;
            }
        }
        until.put(opened, from(patience.request()));
        opened.closeHandler(gone -> forget(opened));
    }

    /** A request's head is there: its body may take as long again, and whoever waits for it a little longer, to say that it did not come. */
    void heard(RoutingContext asked) {
        HttpConnection connection = asked.request().connection();
        set(connection, patience.request().plus(TO_SAY_SO));
        asked.addHeadersEndHandler(answering -> set(connection, patience.answer()));
        asked.addEndHandler(answered -> {
            reads(connection, true);
            set(connection, patience.rest());
        });
    }

    /** The whole request is there. Nothing more is read until it is answered: a client that sends ahead would fill the memory with what nobody works on yet. */
    void working(HttpConnection connection) {
        reads(connection, false);
        set(connection, null);
    }

    private static void reads(HttpConnection connection, boolean more) {
        ((ConnectionBase) connection).channel().config().setAutoRead(more);
    }

    private synchronized void set(HttpConnection connection, Duration time) {
        until.computeIfPresent(connection, (known, before) -> time == null ? AS_LONG_AS_IT_TAKES : from(time));
    }

    private synchronized void forget(HttpConnection gone) {
        until.remove(gone);
    }

    void closeOverdue() {
        overdue().forEach(HttpConnection::close);
    }

    private synchronized List<HttpConnection> overdue() {
        long now = System.nanoTime() / 1_000_000;
        return until.entrySet().stream().filter(one -> one.getValue() <= now).map(Map.Entry::getKey).toList();
    }

    synchronized int count() {
        return until.size();
    }

    private static long from(Duration time) {
        return System.nanoTime() / 1_000_000 + time.toMillis();
    }
}
