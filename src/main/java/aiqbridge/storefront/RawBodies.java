package aiqbridge.storefront;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Gives a route the request's body as the bytes that were sent, whatever type they are said to be: Camel's own way takes forms apart, refuses form fields of more than 8 KiB
 * and answers what is too large by itself. One byte more than the limit is read, so that the route sees that it is too large; a body that does not arrive in time is null.
 */
public final class RawBodies implements PlatformHttpEngine {
    private static final long TIME_TO_ARRIVE_MS = 30_000;
    private final int port;

    public RawBodies(int port) {
        this.port = port;
    }

    @Override public int getServerPort() {
        return port;
    }

    @Override public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new VertxPlatformHttpConsumer(endpoint, processor, List.of(), VertxPlatformHttpRouter.getRouterNameFromPort(port)) {
            @Override protected Future<Void> populateCamelMessage(RoutingContext context, Exchange exchange, Message message) {
                return super.populateCamelMessage(context, exchange, message).compose(headers -> body(context)).map(body -> {
                    message.setBody(body);
                    return null;
                });
            }
        };
    }

    private static Future<byte[]> body(RoutingContext context) {
        HttpServerRequest request = context.request();
        Promise<byte[]> arrived = Promise.promise();
        Buffer body = Buffer.buffer();
        long timer = context.vertx().setTimer(TIME_TO_ARRIVE_MS, late -> arrived.tryComplete(body.length() > WebhookBody.LARGEST ? body.getBytes() : null));
        request.handler(part -> body.appendBuffer(part, 0, Math.min(part.length(), WebhookBody.LARGEST + 1 - body.length())));
        request.endHandler(end -> arrived.tryComplete(body.getBytes()));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.resume();
        return arrived.future().onComplete(done -> context.vertx().cancelTimer(timer));
    }
}
