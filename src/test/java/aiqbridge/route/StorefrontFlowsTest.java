package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.ShopStub;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A shop's webhooks are verified, kept and worked on; it is asked what they missed, and noticed when it is silent. */
class StorefrontFlowsTest extends FlowTestSupport {
    private static final byte[] SECRET = "twenty-four bytes of key".getBytes(StandardCharsets.UTF_8);
    private final ShopStub api = new ShopStub();

    @Override
    void openConnections() {
        Shop.storefront(folder, "asked", "kind = woocommerce\napi.url = " + api.url("asked") + "\n");
    }

    @AfterAll
    void closeApi() {
        api.close();
    }

    /** The shop {@code web} says by a signed webhook that this cart has a cup in it. */
    private int says(String cart, byte[] secret) {
        shop.secret("web", "webhook", "whsec_" + Base64.getEncoder().encodeToString(SECRET));
        String time = Long.toString(shop.clock.instant().getEpochSecond());
        String body = "{\"type\": \"cart.updated\", \"timestamp\": \"" + shop.clock.instant()
                + "\", \"data\": {\"id\": \"" + cart
                + "\", \"currency\": \"USD\", \"total\": 42.5, \"items\": [{\"name\": \"Cup\", \"price\": 42.5, \"quantity\": 1}]}}";
        return shop.send(
                        null,
                        "POST",
                        "/webhooks/generic/web",
                        body,
                        "webhook-id",
                        cart,
                        "webhook-timestamp",
                        time,
                        "webhook-signature",
                        "v1," + signature(secret, cart + "." + time + "." + body))
                .status();
    }

    private static String signature(byte[] secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> inbox(String delivery) {
        return column("select status from inbox where connection = 'web' and delivery_key = ?", delivery);
    }

    @Test
    @Flow("storefront/webhook")
    void a_webhook_is_kept_once_and_a_forged_one_not_at_all() {
        assertThat(says("c-forged", "another key of somebody".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(401);
        assertThat(inbox("c-forged")).isEmpty();
        assertThat(says("c-kept", SECRET)).isEqualTo(says("c-kept", SECRET)).isBetween(200, 299);
        assertThat(inbox("c-kept")).containsExactly("HEARD");
    }

    @Test
    @Flow("storefront/inbox")
    void a_delivery_takes_effect_on_its_cart() {
        says("c-worked-on", SECRET);
        beat("inbox-work-clock");
        assertThat(inbox("c-worked-on")).containsExactly("DONE");
        assertThat(column("select status from cart where connection = 'web' and cart_id = 'c-worked-on'"))
                .containsExactly("OPEN");
    }

    @Test
    @Flow("storefront/ask")
    void a_shop_is_asked_from_where_the_last_asking_stopped() {
        shop.secret("asked", StorefrontSecrets.API, "ck_1:cs_2");
        api.answers("asked", target -> ShopStub.Answer.ok("[]"));
        beat("storefront-ask-asked-clock");
        shop.passes(Duration.ofHours(4));
        api.answers(
                "asked",
                target -> ShopStub.Answer.ok(
                        "[{\"id\":7,\"status\":\"processing\",\"date_created_gmt\":\"2026-11-23T10:00:00\",\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"billing\":{}}]"));
        beat("storefront-ask-asked-clock");
        assertThat(api.requests("asked"))
                .extracting(asked -> asked.target().replaceFirst("^.*modified_after=([^&]*).*$", "$1"))
                .hasSize(2)
                .satisfies(after -> assertThat(after.get(1)).isEqualTo(after.get(0)));
        assertThat(column("select source || ' ' || status from inbox where connection = 'asked'"))
                .containsExactly("poll HEARD");
    }

    @Test
    @Flow("storefront/watch")
    void how_long_the_oldest_delivery_waits_is_a_metric() {
        run("inbox-work");
        says("c-waits", SECRET);
        shop.passes(Duration.ofSeconds(90));
        beat("storefront-watch-clock");
        assertThat(gauge("inbox_oldest_seconds")).isEqualTo(90);
    }
}
