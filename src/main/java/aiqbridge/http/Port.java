package aiqbridge.http;

import aiqbridge.StartRefused;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A port that is closed until it is opened. It speaks HTTP/1 alone, in clear, and inflates nothing. */
final class Port {
    private final Vertx vertx;
    private final String host;
    private final int number;
    private final OpenConnections connections;
    private final OpenConnections.Patience patience;
    private HttpServer server;

    Port(Vertx vertx, String host, int number, int most, OpenConnections.Patience patience) {
        this.vertx = vertx;
        this.host = host;
        this.number = number;
        this.patience = patience;
        connections = new OpenConnections(most, patience);
    }

    OpenConnections connections() {
        return connections;
    }

    /** From here on somebody answers. */
    void open(Handler<HttpServerRequest> answers) {
        // HTTP/2 in clear is what nobody here needs, and what endless CONTINUATION frames come by
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(4_096)
                .setMaxHeaderSize(8_192)
                .setMaxChunkSize(8_192)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        server = vertx.createHttpServer(options).connectionHandler(connections).requestHandler(answers);
        try {
            server.listen(number, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new StartRefused(
                    "Port " + number + " on " + host + " is already in use.",
                    "Another process took it while the bridge was starting.");
        }
        vertx.setPeriodic(patience.look().toMillis(), look -> connections.closeOverdue());
    }

    /** With every connection, whatever its client does. */
    void close() {
        if (server != null) {
            try {
                server.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                // the process ends anyway
            }
        }
    }
}
