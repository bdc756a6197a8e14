package aiqbridge.http;

import aiqbridge.api.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;

/**
 * A body on its way in, as the bytes that are sent, whatever type they are said to be. It is one array that grows, so that a body in a million chunks takes no more than one in a single one,
 * and what it takes is counted before it is taken.
 */
final class ArrivingBody {
    private static final int FIRST = 1_024;
    private final Bodies bodies;
    private final int largest;
    private final Promise<Held> arrived = Promise.promise();
    private byte[] bytes = new byte[0];
    private int length;

    /** A body that has arrived, and the room that it takes until it is let go. */
    record Held(byte[] bytes, Runnable letGo) {}

    private ArrivingBody(Bodies bodies, int largest) {
        this.bodies = bodies;
        this.largest = largest;
    }

    /** Fails with a {@link Problem}: 413, 408, or 503 when there is no room. */
    static Future<Held> of(RoutingContext asked, Door door, Duration patience) {
        HttpServerRequest request = asked.request();
        ArrivingBody body = new ArrivingBody(door.bodies(), door.largestBody());
        door.bodies().begins(body);
        long timer = asked.vertx().setTimer(patience.toMillis(), late -> body.fails(tooSlow()));
        request.handler(body::part)
                .endHandler(end -> body.ends())
                .exceptionHandler(broken ->
                        body.fails(new Problem(400, "body-broken-off", "The request was cut off or is incomplete.")));
        request.resume();
        return body.arrived.future().onComplete(done -> asked.vertx().cancelTimer(timer));
    }

    private static Problem tooSlow() {
        return new Problem(408, "body-too-slow", "The request did not arrive in time.");
    }

    private void part(Buffer part) {
        if (arrived.future().isComplete()) {
            return;
        }
        if (part.length() > largest - length) {
            fails(Door.tooLarge(largest));
            return;
        }
        int needed = length + part.length();
        if (needed > bytes.length) {
            int grown = Math.min(largest, Math.max(Math.max(FIRST, needed), 2 * bytes.length));
            if (!bodies.take(this, grown - bytes.length)) {
                fails(Problem.tryAgain(Duration.ofSeconds(2), "Too many requests at once; send it again."));
                return;
            }
            bytes = Arrays.copyOf(bytes, grown);
        }
        part.getBytes(bytes, length);
        length = needed;
    }

    private void ends() {
        if (!arrived.future().isComplete()) {
            bodies.arrived(this);
            long taken = bytes.length;
            arrived.complete(new Held(
                    length == bytes.length ? bytes : Arrays.copyOf(bytes, length), () -> bodies.giveBack(taken)));
            bytes = null;
        }
    }

    /** Another one needs the room, and this one has taken long. */
    void makesRoom() {
        fails(tooSlow());
    }

    private void fails(Problem why) {
        if (!arrived.future().isComplete()) {
            bodies.arrived(this);
            bodies.giveBack(bytes.length);
            bytes = new byte[0];
            arrived.fail(why);
        }
    }
}
