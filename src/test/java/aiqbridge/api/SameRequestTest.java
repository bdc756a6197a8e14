package aiqbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request is the same when it means the same; an id may be a number, and nothing else that is written as text may be. */
class SameRequestTest {
    @TempDir
    Path folder;

    private Shop shop;
    private String session;

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\nmodel = paid\npin = not-required\n");
        Shop.connection(
                folder,
                "caller",
                "make = view\npin = not-required\ncompletion = call\njdbc.url = jdbc:sqlite:"
                        + folder.resolve("till.db") + "\njdbc.username = reader\n");
        shop = new Shop(folder);
        session = shop.adasWallet().text("walletSession");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Shop.Answer redeems(String body) {
        return shop.send(
                shop.key, "POST", "/api/v1/redemptions", body.replace("SESSION", session), "Idempotency-Key", "k-1");
    }

    private void same(String... bodies) {
        List<Shop.Answer> answers = List.of(bodies).stream().map(this::redeems).toList();
        assertThat(answers.stream()
                        .map(a -> a.status() + " " + a.text("redemptionId"))
                        .distinct())
                .as(answers.toString())
                .singleElement()
                .asString()
                .startsWith("202 ");
        assertThat(shop.bridge.statuses()).hasSize(1);
    }

    private void others(String... bodies) {
        for (String body : bodies) {
            Shop.Answer answer = redeems(body);
            assertThat(answer.status()).as(body + answer.body()).isEqualTo(422);
        }
        assertThat(shop.bridge.statuses()).hasSize(1);
    }

    @Test
    void a_till_may_write_its_request_as_it_likes() {
        same(
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":5002,\"employee\":\"kim\"}",
                "{\"employee\":\"kim\",\"transactionId\":5002,\"discountId\":\"five-off\",\"walletSession\":\"SESSION\"}",
                " {\"walletSession\": \"SESSION\", \"discountId\": \"\\u0066ive-off\",\n \"transactionId\": \"5002\", \"employee\": \"kim\"}\n",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":5002.0,\"employee\":\"kim\"}");
        assertThat(shop.bridge.rows.queryForObject("select transaction_id from redemption", String.class))
                .isEqualTo("5002");
        others(
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":\"05002\",\"employee\":\"kim\"}",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":5003,\"employee\":\"kim\"}",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":5002}");
    }

    @Test
    void a_shop_may_too() {
        shop.moveTo("web");
        session = shop.post(shop.key, "/api/v1/wallet", Map.of("phone", "5555550100"))
                .text("walletSession");
        same(
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"cartId\":123}",
                "{\"cartId\":\"123\",\"cartIdIs\":null,\"discountId\":\"five-off\",\"walletSession\":\"SESSION\"}");
        assertThat(shop.bridge.rows.queryForObject("select cart_id from redemption", String.class))
                .isEqualTo("123");
        others(
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"cartId\":124}",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"cartId\":123.5}",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"cartId\":1e999999999}",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"cartId\":true}",
                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"cartId\":[123]}");
    }

    @Test
    void a_sale_is_completed_under_its_number() {
        shop.moveTo("caller");
        session = shop.post(shop.key, "/api/v1/wallet", Map.of("phone", "5555550100"))
                .text("walletSession");
        redeems("{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":5002}");
        for (String body :
                List.of("{\"transactionId\":5002,\"location\":7}", "{\"transactionId\":\"5002\",\"location\":\"7\"}")) {
            assertThat(shop.send(shop.key, "POST", "/api/v1/completions", body).status())
                    .as("another place's sale")
                    .isEqualTo(404);
        }
        assertThat(shop.send(shop.key, "POST", "/api/v1/completions", "{\"total\":42.50,\"transactionId\":5002}")
                        .status())
                .isBetween(200, 202);
        assertThat(shop.bridge.statuses()).containsExactly("DUE");
    }

    @Test
    void a_phone_a_code_or_a_name_is_no_number() {
        for (String[] wrong : new String[][] {
            {"/api/v1/wallet/verify", "{\"phone\":5555550100}", "phone"},
            {"/api/v1/wallet/view", "{\"phone\":\"5555550100\",\"code\":123}", "code"},
            {
                "/api/v1/redemptions",
                "{\"walletSession\":1,\"discountId\":\"five-off\",\"transactionId\":\"t\"}",
                "walletSession"
            },
            {
                "/api/v1/redemptions",
                "{\"walletSession\":\"s\",\"discountId\":\"five-off\",\"transactionId\":\"t\",\"employee\":7}",
                "employee"
            }
        }) {
            Shop.Answer answer = shop.send(shop.key, "POST", wrong[0], wrong[1], "Idempotency-Key", "k-9");
            assertThat(answer.status()).as(wrong[1] + answer.body()).isEqualTo(422);
            assertThat(answer.text("field")).isEqualTo(wrong[2]);
        }
    }

    @Test
    void what_lost_a_character_on_its_way_is_not_taken_for_the_whole() throws Exception {
        HttpRequest latin = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + shop.bridge.port + "/api/v1/wallet/verify"))
                .header("Authorization", "Bearer " + shop.key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        "{\"phone\":\"555\u00e95550100\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .build();
        assertThat(HttpClient.newHttpClient().send(latin, HttpResponse.BodyHandlers.ofString()))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("body-not-json"));
        int asked = shop.aiq.requests("verify").size();
        for (String phone : List.of("\ufffd", "\\ufffd")) {
            Shop.Answer answer =
                    shop.send(shop.key, "POST", "/api/v1/wallet/verify", "{\"phone\":\"555" + phone + "5550100\"}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("field")).isEqualTo("phone");
        }
        assertThat(shop.aiq.requests("verify")).hasSize(asked);
    }

    @Test
    void a_field_that_is_there_twice_is_refused() {
        assertThat(redeems(
                                "{\"walletSession\":\"SESSION\",\"discountId\":\"five-off\",\"transactionId\":\"t-1\",\"transactionId\":\"t-1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(shop.bridge.statuses()).isEmpty();
    }
}
