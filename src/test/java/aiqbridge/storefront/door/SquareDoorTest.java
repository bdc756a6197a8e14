package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.api.ShopStub.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address is signed: the one that is registered at Square, whatever a proxy makes of it. */
class SquareDoorTest extends StorefrontContract {
    private static final String ADDRESS = "https://bridge.example/hooks/square?shop=1";

    private final ShopStub api = new ShopStub();
    /** What Square's API answers at each path; whatever else it is asked, there is nothing. */
    private final Map<String, String> answers = new HashMap<>();

    @AfterAll
    void close_the_shop_s_api() {
        api.close();
    }

    @Override
    String kind() {
        return "square";
    }

    @Override
    String lines() {
        api.answers("shop", target -> answers.containsKey(target) ? Answer.ok(answers.get(target)) : Answer.ok("{}"));
        return "public-url = " + ADDRESS + "\napi.url = " + api.url("shop") + "\n";
    }

    @Override
    String secret(int number) {
        return "signature-key-" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "x-square-hmacsha256-signature", Webhook.base64(Webhook.hmac(webhook.secret, ADDRESS, webhook.body)));
    }

    @Override
    String body(int number) {
        return "{\"merchant_id\":\"M\",\"type\":\"order.updated\",\"event_id\":\"e-" + number
                + "\",\"data\":{\"object\":{\"order_updated\":{\"order_id\":\"o\",\"version\":" + number + "}}}}";
    }

    @Override
    String cartId(int number) {
        return "eA3vssLHKJrv9H0Id%012d".formatted(number);
    }

    @Override
    Map<String, Function<Telling, Said>> states() {
        Map<String, Function<Telling, Said>> states = new HashMap<>();
        String paid = tender(4250, "CAPTURED");
        states.put("draft", told -> order(told, "DRAFT", ""));
        states.put("open", told -> order(told, "OPEN", ""));
        states.put("proposed", told -> order(told, "OPEN", fulfilled("PROPOSED")));
        states.put("reserved", told -> order(told, "OPEN", fulfilled("RESERVED")));
        states.put("prepared", told -> order(told, "OPEN", fulfilled("PREPARED")));
        states.put("handed over", told -> order(told, "OPEN", fulfilled("COMPLETED")));
        states.put("not fulfilled", told -> order(told, "OPEN", fulfilled("CANCELED")));
        states.put("authorized", told -> order(told, "OPEN", tender(4250, "AUTHORIZED")));
        states.put("paid in part", told -> order(told, "OPEN", tender(1000, "CAPTURED")));
        states.put("payment failed", told -> order(told, "OPEN", tender(4250, "FAILED")));
        states.put("paid", told -> order(told, "OPEN", paid));
        states.put("completed", told -> order(told, "COMPLETED", paid));
        states.put("cancelled", told -> order(told, "CANCELED", ""));
        states.put("cancelled after payment", told -> order(told, "CANCELED", paid));
        states.put("refunded", told -> order(told, "COMPLETED", paid + refunds(4250)));
        states.put("invoiced", this::invoiced);
        states.put("returned in part", told -> returned(told, 2000));
        states.put("returned", told -> returned(told, 4250));
        return states;
    }

    private static String fulfilled(String state) {
        return ",\"fulfillments\":[{\"type\":\"PICKUP\",\"state\":\"" + state + "\"}]";
    }

    private static String money(int cents) {
        return "{\"amount\":" + cents + ",\"currency\":\"USD\"}";
    }

    private static String tender(int cents, String status) {
        return ",\"tenders\":[{\"id\":\"t\",\"type\":\"CARD\",\"amount_money\":" + money(cents)
                + ",\"card_details\":{\"status\":\"" + status + "\"}}]";
    }

    private static String refunds(int cents) {
        return ",\"refunds\":[{\"id\":\"f\",\"status\":\"APPROVED\",\"amount_money\":" + money(cents) + "}]";
    }

    private Said order(Telling told, String state, String more) {
        String phone = "\"state\":\"PROPOSED\",\"pickup_details\":{\"recipient\":{\"phone_number\":\"" + told.phone()
                + "\"}}}]";
        String whose = more.contains("fulfillments")
                ? more.replace("}]", "," + phone.substring(phone.indexOf("\"pickup")))
                : more + ",\"fulfillments\":[{\"type\":\"PICKUP\"," + phone;
        answers.put("/v2/orders/" + cartId(told.number()), """
            {"order":{"id":"%s","state":"%s","version":%d,"created_at":"%4$s","updated_at":"%4$s","total_money":%5$s,"line_items":[{"uid":"1","name":"Blue Dream","quantity":"1","base_price_money":%5$s}]%6$s}}""".formatted(
                        cartId(told.number()), state, told.at().getEpochSecond(), told.at(), money(4250), whose));
        return changed("order_updated", cartId(told.number()), told);
    }

    private static Said changed(String object, String order, Telling told) {
        return new Said(
                null,
                "{\"merchant_id\":\"M\",\"type\":\"%s\",\"event_id\":\"%s %s\",\"data\":{\"object\":{\"%s\":{\"order_id\":\"%s\"}}}}"
                        .formatted(
                                object.equals("invoice") ? "invoice.published" : object.replace('_', '.'),
                                order,
                                told.at(),
                                object,
                                order));
    }

    private Said invoiced(Telling told) {
        order(told, "OPEN", "");
        return changed("invoice", cartId(told.number()), told);
    }

    private Said returned(Telling told, int cents) {
        String id = "return" + cartId(told.number());
        answers.put("/v2/orders/" + id, """
            {"order":{"id":"%s","state":"COMPLETED","version":4,"created_at":"%2$s","updated_at":"%2$s","total_money":%3$s,"returns":[{"uid":"x","source_order_id":"%4$s","return_amounts":{"total_money":%5$s}}]%6$s}}""".formatted(
                        id, told.at(), money(0), cartId(told.number()), money(cents), refunds(cents)));
        return changed("order_created", id, told);
    }

    @Test
    void the_host_that_we_see_does_not_matter() {
        accepts(valid(1).withHeader("X-Forwarded-Host", "evil.example")
                .withHeader("X-Forwarded-Proto", "http")
                .withHeader("Forwarded", "host=evil.example"));
        for (String other : List.of(
                "https://bridge.example/hooks/square",
                "http://127.0.0.1:" + shop.bridge.port + "/webhooks/square/web",
                "")) {
            refuses(
                    401,
                    "signature-wrong",
                    valid(2).withHeader(
                                    "x-square-hmacsha256-signature",
                                    Webhook.base64(Webhook.hmac(secret(1), other, valid(2).body))));
        }
    }

    @Test
    void the_event_id_is_the_same_on_retries() {
        accepts(valid(1).withHeader("square-retry-number", "0"));
        accepts(valid(1).withHeader("square-retry-number", "1").withHeader("square-retry-reason", "http_timeout"));
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void without_its_address_it_does_not_start(@TempDir Path other) {
        Shop.storefront(other, "web", "kind = square\n");
        assertThatThrownBy(() -> new Shop(other))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("public-url")
                .hasMessageContaining("web");
    }
}
