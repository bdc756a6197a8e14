package aiqbridge.http;

import aiqbridge.Settings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Every way in over HTTP: the port of the API, the webhooks and the page, and the port of health and metrics. Camel's own server is not used: it reads bodies before anybody is known, makes headers
 * of parameters, writes uploads to the disk, never loses patience, and opens before its routes stand.
 */
public final class Doors implements PlatformHttpEngine, AutoCloseable {
    private static final int LARGEST_REQUEST = 65_536;
    private static final int MANAGEMENT_CONNECTIONS = 50;
    private final Vertx vertx;
    private final int number;
    private final Port port;
    private final Port managementPort;
    private final ManagementServer management;
    private final Router router;
    private final Front front;
    private final Duration patience;
    private final Refusals refusals;
    private final List<Door> doors;
    private CamelContext camel;

    /**
     * @param callers      who calls the API
     * @param shops        who sends a webhook
     * @param people       who asks for a page
     * @param largestEvent bytes of a webhook
     */
    public Doors(
            Settings settings,
            Admission callers,
            Admission shops,
            Admission people,
            int largestEvent,
            Refusals refusals) {
        vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.number("http.workers")));
        number = settings.number("http.port");
        OpenConnections.Patience patience = new OpenConnections.Patience(
                settings.duration("http.request-timeout"),
                settings.duration("http.answer-timeout"),
                settings.duration("http.idle-timeout"));
        port = new Port(vertx, settings.text("http.host"), number, settings.number("http.connections"), patience);
        managementPort = new Port(
                vertx,
                settings.text("http.management-host"),
                settings.number("http.management-port"),
                MANAGEMENT_CONNECTIONS,
                patience);
        management = new ManagementServer(vertx, settings.number("http.management-port"));
        this.patience = patience.request();
        this.refusals = refusals;
        front = new Front(port.connections(), this.patience, refusals);
        // shares, so that whoever may send without a key takes no room from those who have one
        long room = settings.number("http.bodies-mib") * 1_048_576L;
        doors = List.of(
                new Door("/api/", LARGEST_REQUEST, new Bodies(room / 8), callers, false),
                new Door("/webhooks/", largestEvent, new Bodies(room * 3 / 4), shops, false),
                new Door("/", LARGEST_REQUEST, new Bodies(room / 8), people, true));
        router = Router.router(vertx);
        router.route().handler(front::hear);
        refusals.answerOn(router);
    }

    /** The routes may come; nobody is let in yet. */
    public void belongTo(CamelContext camel) throws Exception {
        this.camel = camel;
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(number);
        camel.getRegistry().bind(name, new VertxPlatformHttpRouter(null, vertx, router, name));
        // where Camel finds one for its management port it takes that
        camel.addService(management);
    }

    @Override
    public int getServerPort() {
        return number;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        String path = ("/" + endpoint.getPath()).replaceFirst("^/+", "/");
        Door door = doors.stream()
                .filter(d -> path.startsWith(d.addresses()))
                .findFirst()
                .orElseThrow()
                .at(endpoint.getHttpMethodRestrict(), path);
        // Camel's takes forms apart and writes uploads to the disk
        endpoint.setUseBodyHandler(false);
        return new VertxPlatformHttpConsumer(
                endpoint,
                processor,
                List.of(asked -> front.enter(door, asked)),
                VertxPlatformHttpRouter.getRouterNameFromPort(number)) {
            @Override
            protected Future<Void> processHttpRequest(Exchange exchange, RoutingContext asked) {
                Front.reach(asked, exchange, endpoint);
                return Future.succeededFuture();
            }
        };
    }

    /** Vert.x looks at the host before it asks any handler, and fails on one that ends within an escape. */
    private void hear(HttpServerRequest request, Handler<HttpServerRequest> router) {
        try {
            request.authority();
        } catch (IndexOutOfBoundsException e) {
            refusals.unreadable(request);
            return;
        }
        router.handle(request);
    }

    /** The routes stand. */
    public void open() {
        VertxPlatformHttpRouter health = VertxPlatformHttpRouter.lookup(
                camel, VertxPlatformHttpRouter.getRouterNameFromPort(management.getConfigurationPort()));
        health.route()
                .order(Integer.MIN_VALUE)
                .handler(new Front(managementPort.connections(), patience, refusals)::hear);
        refusals.answerOn(health);
        managementPort.open(request -> hear(request, health));
        port.open(request -> hear(request, router));
    }

    /** Who is being answered gets the answer, others are told to come again. */
    public void closing() {
        front.closing();
    }

    @Override
    public void close() {
        port.close();
        managementPort.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // the process ends anyway
        }
    }
}
