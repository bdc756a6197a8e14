package aiqbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers and AIQ get, letter by letter: names, their order, what is absent and how a number looks. */
class AnswerFormTest {
    @TempDir
    Path folder;

    private Shop shop;
    private final StringBuilder said = new StringBuilder();

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Shop.Answer asks(String key, String path, String body) {
        Shop.Answer answer =
                shop.send(key, body == null ? "GET" : "POST", path, body, "Idempotency-Key", "k" + said.length());
        said.append(answer.status())
                .append(' ')
                .append(answer.type())
                .append(' ')
                .append(answer.body()
                        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID")
                        .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll("AIQ-[0-9A-Z]{6}", "NOTE")
                        .replaceAll("\"detail\":\"[^\"]*\"", "\"detail\":\"A sentence.\""))
                .append('\n');
        return answer;
    }

    /** An answer that is meant to change is copied from {@code target/answers}. */
    private void asEver(String name) throws IOException {
        Path now = Files.createDirectories(Path.of("target/answers")).resolve(name + ".txt");
        Files.writeString(now, said);
        assertThat(now).hasSameTextualContentAs(Path.of("src/test/resources/answers", name + ".txt"));
    }

    private static String redeems(String session, String discount, String sale) {
        return "{\"walletSession\":\"" + session + "\",\"discountId\":\"" + discount + "\""
                + (sale == null ? "}" : ",\"transactionId\":\"" + sale + "\"}");
    }

    @Test
    void a_wallet() throws IOException {
        asks(shop.key, "/api/v1/wallet/verify", "{\"phone\":\"5555550100\"}");
        asks(shop.key, "/api/v1/wallet/verify", "{\"phone\":\"5555550100\"}");
        asks(shop.key, "/api/v1/wallet/view", "{\"phone\":\"5555550100\",\"code\":\"000000\"}");
        asks(
                shop.key,
                "/api/v1/wallet/view",
                "{\"phone\":\"5555550100\",\"code\":\"" + shop.aiq.pin("c-ada") + "\",\"subtotal\":1.25}");
        asks(shop.otherKey, "/api/v1/wallet", "{\"phone\":\"5555550100\"}");
        asks(shop.key, "/api/v1/wallet", "{\"phone\":\"5555550100\"}");
        asks(shop.otherKey, "/api/v1/wallet", "{\"phone\":\"5555559999\"}");
        asEver("wallets");
    }

    @Test
    void a_redemption() throws IOException {
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "5555550100"));
        String session = shop.post(
                        shop.key,
                        "/api/v1/wallet/view",
                        Map.of("phone", "5555550100", "code", String.valueOf(shop.aiq.pin("c-ada"))))
                .text("walletSession");
        String redemption = asks(shop.key, "/api/v1/redemptions", redeems(session, "five-off", "s-1"))
                .text("redemptionId");
        asks(shop.key, "/api/v1/redemptions", redeems(session, "five-off", "s-2"));
        String other = asks(shop.key, "/api/v1/redemptions", redeems(session, "ten-percent", null))
                .text("redemptionId");
        asks(shop.key, "/api/v1/redemptions/" + redemption, null);
        asks(shop.key, "/api/v1/redemptions/" + other + "/release", "{}");
        asks(shop.otherKey, "/api/v1/redemptions/" + redemption, null);
        shop.passes(Duration.ofSeconds(61));
        asks(shop.otherKey, "/api/v1/wallet", "{\"phone\":\"5555550100\"}");
        asks(shop.key, "/api/v1/completions", "{\"transactionId\":\"s-1\"}");
        asks(shop.key, "/api/v1/completions", "{\"transactionId\":\"s-9\"}");
        shop.rings("s-1", "5555550100", 42);
        shop.pollAndExecute();
        asks(shop.key, "/api/v1/redemptions/" + redemption, null);
        asks(shop.key, "/api/v1/redemptions/" + redemption + "/release", "{}");
        asEver("redemptions");
    }

    @Test
    void a_sign_up_and_a_status_and_what_aiq_hears_of_them() throws IOException {
        JsonNode text = asks(shop.key, "/api/v1/consent-text", null).json();
        asks(shop.key, "/api/v1/consent-text?country=CA", null);
        asks(shop.key, "/api/v1/customers/status", "{\"phone\":\"5555550100\"}");
        asks(shop.key, "/api/v1/customers/status", "{\"email\":\"nobody@example.com\"}");
        String agreed = ",\"consent\":true,\"smsOptIn\":false,\"language\":\"en\",\"textVersion\":\""
                + text.path("textVersion").asText() + "\",\"textHash\":\""
                + text.path("textHash").asText() + "\"}";
        asks(
                shop.key,
                "/api/v1/customers",
                "{\"phone\":\"5555550177\",\"email\":\"eve@example.com\",\"firstName\":\"Zo\u00eb \ud83d\ude00\u4e2d\""
                        + agreed);
        asks(shop.key, "/api/v1/customers", "{\"phone\":\"5555550100\",\"firstName\":\"Eve\"" + agreed);
        for (String operation : new String[] {"lookup", "signup", "wallet"}) {
            shop.aiq.requests(operation).forEach(heard -> said.append(operation)
                    .append(' ')
                    .append(heard.path("body").asText())
                    .append('\n'));
        }
        asEver("customers");
    }

    @Test
    void what_cannot_be_read() throws IOException {
        asks(shop.key, "/api/v1/wallet/verify", "{\"phone\":");
        asks(shop.key, "/api/v1/wallet/verify", "[]");
        asks(shop.key, "/api/v1/wallet/verify", "");
        asks(shop.key, "/api/v1/wallet/verify", "  ");
        asks(shop.key, "/api/v1/wallet/verify", "{} {}");
        asks(shop.key, "/api/v1/wallet/verify", "{\"phone\":\"1\",\"phone\":\"2\"}");
        asks(shop.key, "/api/v1/wallet/verify", "{\"fax\":\"1\"}");
        asks(shop.key, "/api/v1/wallet/verify", "{\"" + "x".repeat(39) + "\ud83d\ude00x\":1}");
        asks(shop.key, "/api/v1/wallet/verify", "{\"Zo\u00eb \ud83d\ude00\\ud800\":1}");
        asks(shop.key, "/api/v1/wallet/verify", "[".repeat(2_000));
        asks(shop.key, "/api/v1/wallet/verify", "{\"phone\":" + "9".repeat(50) + "}");
        asks(shop.key, "/api/v1/wallet/verify", "{\"phone\":\"" + "y".repeat(65_000) + "\"}");
        asks("aiqb_000000000000_" + "0".repeat(64), "/api/v1/wallet/verify", "{}");
        asks(shop.key, "/api/v1/nothing", "{}");
        asEver("refusals");
    }

    @Test
    void what_aiq_says_and_nobody_can_read() throws IOException {
        for (String reply : List.of(
                "",
                " ",
                "null",
                "{",
                "[]",
                "<html></html>",
                "{\"data\":{\"contactID\":\"c-1\",\"discountTemplates\":[]}} and more",
                "{\"data\":null,\"code\":200,\"success\":true,\"data\":{\"contactID\":\"c-1\"}}",
                "{\"data\":{\"contactID\":\"c\\ud800\",\"loyaltyPoints\":500.0,\"discountTemplates\":[{\"id\":\"a\",\"name\":\"Zo\u00eb \ud83d\ude00\\ud800\",\"pointsDeduction\":12.50,\"dollarValue\":300.0,\"percentageValue\":0.125}]}}",
                "{\"data\":{\"contactID\":\"c-1\",\"x\":" + "9".repeat(50) + "}}",
                "{\"data\":{\"contactID\":\"c-1\",\"x\":\"" + "y".repeat(66_000) + "\"}}",
                "{\"data\":{\"contactID\":\"c-1\",\"x\":" + "[".repeat(60) + "]".repeat(60) + "}}")) {
            says("wallet", 200, reply);
            asks(shop.otherKey, "/api/v1/wallet", "{\"phone\":\"5555550100\"}");
            for (int status : new int[] {200, 404}) {
                says("lookup", status, reply);
                asks(shop.key, "/api/v1/customers/status", "{\"phone\":\"5555550100\"}");
            }
        }
        asEver("unreadable");
    }

    private void says(String operation, int status, String body) {
        shop.aiq.fault(Map.of(
                "operation", operation, "kind", "says-before-effect", "status", status, "body", body, "times", 1));
    }
}
