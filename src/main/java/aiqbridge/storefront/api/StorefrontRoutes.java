package aiqbridge.storefront.api;

import aiqbridge.StartRefused;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** Makes the routes of every connection that has an API, from the templates in {@code routes/storefront/}. */
public final class StorefrontRoutes extends RouteBuilder {
    private final StorefrontConnections connections;
    private final ShopApi api;

    public StorefrontRoutes(StorefrontConnections connections, ShopApi api) {
        this.connections = connections;
        this.api = api;
    }

    @Override
    public void configure() {
        for (StorefrontConnection c : connections.all()) {
            if (c.apiUrl() == null) {
                continue;
            }
            if (c.apiUrl().getRawQuery() != null) {
                throw new StartRefused(
                        "The key api.url in config/storefront/" + c.name() + ".properties holds a question mark.",
                        "Write the API's base address, for example: api.url = https://shop.example");
            }
            for (String asks : List.of("storefront-api", "storefront-probe")) {
                templatedRoute(asks).routeId(asks + "-" + c.name()).parameter("connection", c.name());
            }
            templatedRoute("storefront-send")
                    .routeId("storefront-send-" + c.name())
                    .parameter("connection", c.name())
                    .parameter("url", c.apiUrl().toString())
                    .parameter("credential", api.header(c.name()));
            if (!api.kind(c.name()).polls().isEmpty()) {
                templatedRoute("storefront-ask")
                        .routeId("storefront-ask-" + c.name())
                        .parameter("connection", c.name());
                templatedRoute("storefront-ask-clock")
                        .routeId("storefront-ask-" + c.name() + "-clock")
                        .parameter("connection", c.name());
            }
        }
    }
}
