package aiqbridge.storefront;

import aiqbridge.Settings;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.audit.RefusalLog;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.http.OneHost;
import aiqbridge.http.Sender;
import aiqbridge.storefront.api.ShopApi;
import aiqbridge.storefront.api.ShopHeaders;
import aiqbridge.storefront.api.StorefrontAsk;
import aiqbridge.storefront.door.InboxWriter;
import aiqbridge.storefront.door.SignatureCheck;
import aiqbridge.storefront.door.WebhookCount;
import aiqbridge.storefront.door.WebhookDoor;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.storefront.mapping.StorefrontEvents;
import aiqbridge.wallet.PlaceholderPhones;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The beans of this package and of those in it; the door is opened over HTTP, and the shops' APIs get their routes. */
public record StorefrontBeans(WebhookDoor door, ShopApi api) {
    public static StorefrontBeans add(
            BeanList beans,
            Shared shared,
            StorefrontKinds kinds,
            StorefrontSecrets secrets,
            Sender sender,
            RefusalLog refusals) {
        Settings settings = shared.settings();
        Clock clock = shared.clock();
        DataSource store = shared.store().source();
        StorefrontConnections shops = shared.connections().storefronts();
        beans.add("storefrontKinds", kinds);

        WebhookCount count = new WebhookCount(shared.metrics());
        WebhookDoor door = beans.add(
                "webhookDoor",
                new WebhookDoor(shops, kinds, new SignatureCheck(secrets, clock), count, sender, refusals, clock));
        InboxWriter writer = beans.add(
                "inboxWriter",
                new InboxWriter(store, shared.home(), shared.store().writers(), count, clock));
        beans.onClose(writer::close);

        ExecutorService workers =
                beans.add("inboxWorkers", Executors.newFixedThreadPool(settings.number("inbox.workers")));
        beans.onClose(workers::shutdown);
        beans.add("inboxWork", new InboxWork(settings, clock));
        beans.add(
                "storefrontEvents",
                new StorefrontEvents(shops, shared.accounts(), new PlaceholderPhones(shared.settings()), clock));

        ShopApi api = beans.add("shopApi", new ShopApi(shops, kinds, secrets, settings, clock));
        for (StorefrontConnection shop : shops.all()) {
            if (shop.apiUrl() != null) {
                beans.add(
                        "shop-http-" + shop.name(),
                        new OneHost(
                                shop.apiUrl(), shared.network(), settings.duration("storefront.api-connect-timeout")));
                beans.add("shop-headers-" + shop.name(), new ShopHeaders(api.header(shop.name())));
            }
        }
        beans.add("storefrontAsk", new StorefrontAsk(api, settings, clock));
        beans.add("storefrontWatch", new StorefrontWatch(shops, api, settings, clock));
        return new StorefrontBeans(door, api);
    }
}
