package aiqbridge.http;

import io.vertx.core.Vertx;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/** Camel's server of health and metrics without its port: that one is opened like ours, last and with the same limits. */
final class ManagementServer extends VertxPlatformHttpServer {
    private final Vertx vertx;

    ManagementServer(Vertx vertx, int port) {
        super(configuration(port));
        this.vertx = vertx;
    }

    private static VertxPlatformHttpServerConfiguration configuration(int port) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindPort(port);
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT);
        return configuration;
    }

    @Override
    protected Vertx lookupVertx() {
        return vertx;
    }

    @Override
    protected void startServer() {
        // Doors opens the port
    }

    @Override
    protected void stopServer() {
        // Doors closes it
    }

    @Override
    protected void stopVertx() {
        // it is not its own
    }
}
