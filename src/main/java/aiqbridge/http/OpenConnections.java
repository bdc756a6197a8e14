package aiqbridge.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
    private final Map<HttpConnection, Visit> open = new LinkedHashMap<>();

    /** Until when it may stay as it is, in milliseconds, and its last answer on the way to the client, null before the first. */
    private record Visit(long until, ChannelFuture taken) {}

    /** How long a client may take to send a whole request, to take an answer, and to rest after it. */
    record Patience(Duration request, Duration answer, Duration rest) {
        /** How often connections are looked at. */
        Duration look() {
            return Duration.ofMillis(Math.max(
                    20,
                    Math.min(1_000, Math.min(request.toMillis(), Math.min(answer.toMillis(), rest.toMillis())) / 4)));
        }
    }

    OpenConnections(int most, Patience patience) {
        this.most = most;
        this.patience = patience;
    }

    @Override
    public synchronized void handle(HttpConnection opened) {
        if (open.size() >= most) {
            HttpConnection leaves = open.entrySet().stream()
                    .filter(one -> one.getValue().until != AS_LONG_AS_IT_TAKES)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(opened);
            open.remove(leaves);
            cut(leaves);
            if (leaves == opened) {
                return;
            }
        }
        open.put(opened, new Visit(from(patience.request()), null));
        opened.closeHandler(gone -> forget(opened));
    }

    /**
     * A request's head is there, and when the answer before it is taken, it goes on: whoever sends ahead and takes nothing would fill the memory with answers.
     * Its body may take as long again, and whoever waits for it a little longer, to say that it did not come.
     */
    void heard(RoutingContext asked, Runnable goesOn) {
        HttpConnection connection = asked.request().connection();
        asked.addHeadersEndHandler(answering -> set(connection, patience.answer()));
        asked.addEndHandler(answered -> answered(connection));
        ChannelFuture taken = taken(connection);
        if (taken == null || taken.isDone()) {
            set(connection, patience.request().plus(TO_SAY_SO));
            goesOn.run();
        } else {
            asked.request().pause();
            taken.addListener(now -> {
                set(connection, patience.request().plus(TO_SAY_SO));
                goesOn.run();
            });
        }
    }

    /** Whether more is read of what the client sends: not while it is found out who is asking. */
    void reads(HttpConnection connection, boolean more) {
        channel(connection).config().setAutoRead(more);
    }

    /** The whole request is there. Nothing more is read until the answer is taken: a client that sends ahead would fill the memory with what nobody works on yet. */
    void working(HttpConnection connection) {
        reads(connection, false);
        set(connection, null);
    }

    /**
     * The answer is written, but not yet taken: that is when nothing is left to be sent. On the connection's own thread, also where a worker answered: netty clears what is to be
     * read later than it notes that it may, and from two threads the second word would be lost and the connection deaf.
     */
    private void answered(HttpConnection connection) {
        if (!channel(connection).eventLoop().inEventLoop()) {
            channel(connection).eventLoop().execute(() -> answered(connection));
            return;
        }
        ChannelFuture taken = channel(connection).writeAndFlush(Unpooled.EMPTY_BUFFER);
        synchronized (this) {
            open.computeIfPresent(connection, (known, visit) -> new Visit(visit.until, taken));
        }
        reads(connection, taken.isDone());
        taken.addListener(now -> {
            reads(connection, true);
            set(connection, patience.rest());
        });
    }

    /** Vert.x's own way to close waits until the client has taken what it is sent. */
    private static void cut(HttpConnection connection) {
        channel(connection).close();
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    private synchronized ChannelFuture taken(HttpConnection connection) {
        Visit visit = open.get(connection);
        return visit == null ? null : visit.taken;
    }

    private synchronized void set(HttpConnection connection, Duration time) {
        open.computeIfPresent(
                connection, (known, visit) -> new Visit(time == null ? AS_LONG_AS_IT_TAKES : from(time), visit.taken));
    }

    private synchronized void forget(HttpConnection gone) {
        open.remove(gone);
    }

    void closeOverdue() {
        overdue().forEach(OpenConnections::cut);
    }

    private synchronized List<HttpConnection> overdue() {
        long now = System.nanoTime() / 1_000_000;
        return open.entrySet().stream()
                .filter(one -> one.getValue().until <= now)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long from(Duration time) {
        return System.nanoTime() / 1_000_000 + time.toMillis();
    }
}
