package aiqbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/openapi.yaml against the running routes, both ways: every path, status and body in it happens, and nothing else does. */
class ApiContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERIFY = "/api/v1/wallet/verify",
            VIEW = "/api/v1/wallet/view",
            OPEN = "/api/v1/wallet",
            REDEMPTIONS = "/api/v1/redemptions",
            COMPLETIONS = "/api/v1/completions",
            CONSENT_TEXT = "/api/v1/consent-text",
            CUSTOMERS = "/api/v1/customers",
            STATUS = "/api/v1/customers/status",
            CODE = "/api/v1/sign-up-code.";

    @TempDir
    Path folder;

    private final TreeSet<String> seen = new TreeSet<>();
    private final JsonNode contract = contract();
    private Shop shop;

    private static JsonNode contract() {
        try {
            return new YAMLMapper().readTree(Path.of("config/openapi.yaml").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Sends it and holds the answer against the contract. */
    private Shop.Answer call(String key, String method, String template, String path, String body, String... headers) {
        Shop.Answer answer = shop.send(key, method, path, body, headers);
        String operation = method + " " + template + " " + answer.status();
        JsonNode response = contract.path("paths")
                .path(template)
                .path(method.toLowerCase())
                .path("responses")
                .path(Integer.toString(answer.status()));
        assertThat(response.isObject())
                .as("documented: " + operation + " " + answer.body())
                .isTrue();
        assertThat(response.path("content").has(answer.type()))
                .as(operation + " has type " + answer.type())
                .isTrue();
        assertThat(response.has("headers"))
                .as(operation + " Retry-After " + answer.retryAfter())
                .isEqualTo(answer.retryAfter() != null);
        seen.add(operation);
        if (!answer.type().endsWith("json")) {
            return answer;
        }
        ObjectNode schema = JSON.createObjectNode();
        schema.setAll((ObjectNode)
                response.path("content").path(answer.type()).path("schema").deepCopy());
        schema.set("components", contract.path("components"));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(answer.json()))
                .as(operation + " " + answer.body())
                .isEmpty();
        return answer;
    }

    private Shop.Answer post(String key, String path, Object body, String... headers) throws IOException {
        return call(key, "POST", path, path, JSON.writeValueAsString(body), headers);
    }

    private Shop.Answer redeem(Object body, String idempotencyKey) throws IOException {
        return post(shop.key, REDEMPTIONS, body, "Idempotency-Key", idempotencyKey);
    }

    @Test
    void everything_in_the_contract_happens_and_nothing_else() throws IOException {
        Shop.storefront(folder, "web", "kind = generic\n");
        shop = new Shop(folder, "aiq.wallet-timeout", "1s", "aiq.verify-timeout", "1s", "aiq.view-timeout", "1s");
        try {
            Map<String, String> ada = Map.of("phone", "(555) 555-0100");
            refusedAlike("POST", VERIFY, VERIFY, true);
            refusedAlike("POST", VIEW, VIEW, true);
            refusedAlike("POST", OPEN, OPEN, true);
            refusedAlike("POST", REDEMPTIONS, REDEMPTIONS, true);
            refusedAlike("POST", COMPLETIONS, COMPLETIONS, true);
            refusedAlike("POST", REDEMPTIONS + "/{id}/release", REDEMPTIONS + "/r-1/release", false);
            refusedAlike("POST", CUSTOMERS, CUSTOMERS, true);
            refusedAlike("POST", STATUS, STATUS, true);
            for (String kind : new String[] {"png", "svg"}) {
                call(null, "GET", CODE + kind, CODE + kind, null);
                call(shop.key, "GET", CODE + kind, CODE + kind, null);
            }
            for (int i = 0; i < 31; i++) {
                post(shop.key, STATUS, ada);
            }
            call(null, "GET", REDEMPTIONS + "/{id}", REDEMPTIONS + "/r-1", null);
            call(null, "GET", CONSENT_TEXT, CONSENT_TEXT, null);
            call(shop.key, "GET", CONSENT_TEXT, CONSENT_TEXT + "?country=XX", null);

            JsonNode text = call(shop.key, "GET", CONSENT_TEXT, CONSENT_TEXT + "?country=US", null)
                    .json();
            Map<String, Object> newcomer = Map.of(
                    "phone",
                    "555-555-0188",
                    "consent",
                    true,
                    "smsOptIn",
                    false,
                    "language",
                    "en",
                    "textVersion",
                    text.path("textVersion").asText(),
                    "textHash",
                    text.path("textHash").asText());
            post(shop.key, CUSTOMERS, newcomer);
            for (int i = 0; i < 5; i++) {
                post(shop.key, CUSTOMERS, newcomer);
            }
            post(shop.key, VIEW, Map.of("phone", "555-555-0100", "code", "0000"));
            post(shop.key, VERIFY, ada);
            post(shop.key, VERIFY, ada);
            post(shop.key, VERIFY, Map.of("phone", "555-555-0177"));
            post(shop.otherKey, OPEN, Map.of("phone", "555-555-0177"));
            post(shop.key, OPEN, ada);
            post(shop.otherKey, OPEN, Map.of());
            String session = post(shop.key, VIEW, Map.of("phone", "555-555-0100", "code", shop.aiq.pin("c-ada")))
                    .text("walletSession");
            post(shop.otherKey, OPEN, ada);

            Map<String, String> wish =
                    Map.of("walletSession", session, "discountId", "five-off", "transactionId", "t-1");
            String redemption = redeem(wish, "k-1").text("redemptionId");
            redeem(Map.of("walletSession", "no-such", "discountId", "five-off"), "k-2");
            call(shop.key, "GET", REDEMPTIONS + "/{id}", REDEMPTIONS + "/" + redemption, null);
            call(shop.key, "GET", REDEMPTIONS + "/{id}", REDEMPTIONS + "/none", null);
            String second = redeem(
                            Map.of("walletSession", session, "discountId", "welcome", "transactionId", "t-2"), "k-3")
                    .text("redemptionId");
            call(shop.key, "POST", REDEMPTIONS + "/{id}/release", REDEMPTIONS + "/" + second + "/release", null);
            call(shop.key, "POST", REDEMPTIONS + "/{id}/release", REDEMPTIONS + "/none/release", null);
            post(shop.key, COMPLETIONS, Map.of("transactionId", "t-1"));
            post(shop.key, COMPLETIONS, Map.of("transactionId", "t-9"));
            shop.rings("t-1", "5555550100", 42.5);
            shop.pollAndExecute();
            redeem(wish, "k-1");
            call(shop.key, "POST", REDEMPTIONS + "/{id}/release", REDEMPTIONS + "/" + redemption + "/release", null);
            shop.clock.advance(Duration.ofHours(2));
            String web = shop.keys().add("web");
            post(web, COMPLETIONS, Map.of("transactionId", "t-1"));
            post(web, VERIFY, ada);
            String atShop = post(web, VIEW, Map.of("phone", "555-555-0100", "code", shop.aiq.pin("c-ada")))
                    .text("walletSession");
            Map<String, String> chosen = Map.of("walletSession", atShop, "discountId", "ten-percent", "cartId", "c-1");
            shop.aiq.fault("wallet", "hang-before-effect", 1);
            post(web, REDEMPTIONS, chosen, "Idempotency-Key", "k-1");
            post(
                    web,
                    REDEMPTIONS,
                    Map.of("walletSession", atShop, "discountId", "ten-percent", "cartId", "c-2"),
                    "Idempotency-Key",
                    "k-3");
            shop.aiq.fault("redeem", "reset-after-effect", 1);
            String unclear =
                    post(web, REDEMPTIONS, chosen, "Idempotency-Key", "k-2").text("redemptionId");
            call(web, "GET", REDEMPTIONS + "/{id}", REDEMPTIONS + "/" + unclear, null);
            shop.aiq.contact("1001", "c-ada", "5555550100", "99");
            post(
                    web,
                    REDEMPTIONS,
                    Map.of("walletSession", atShop, "discountId", "ten-percent", "cartId", "c-3"),
                    "Idempotency-Key",
                    "k-4");
            for (int i = 0; i < 201; i++) {
                post(shop.otherKey, OPEN, Map.of("phone", "555-555-0177"));
            }
            for (int i = 0; i < 3; i++) {
                shop.passes(Duration.ofSeconds(61));
                post(shop.otherKey, VERIFY, Map.of("phone", "555-555-0101"));
                for (int j = 0; j < 5; j++) {
                    post(shop.otherKey, VIEW, Map.of("phone", "555-555-0101", "code", "00000"));
                }
            }
            shop.bridge.rows.execute("alter table caller_key rename to caller_key_away");
            for (String path : new String[] {VERIFY, VIEW, OPEN, REDEMPTIONS, COMPLETIONS, CUSTOMERS, STATUS}) {
                post(shop.key, path, Map.of());
            }
            call(shop.key, "GET", REDEMPTIONS + "/{id}", REDEMPTIONS + "/none", null);
            call(shop.key, "GET", CONSENT_TEXT, CONSENT_TEXT, null);
            for (String kind : new String[] {"png", "svg"}) {
                call(shop.key, "GET", CODE + kind, CODE + kind, null);
            }
            call(shop.key, "POST", REDEMPTIONS + "/{id}/release", REDEMPTIONS + "/none/release", null);
        } finally {
            shop.close();
        }
        TreeSet<String> promised = new TreeSet<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> method.getValue()
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status ->
                                promised.add(method.getKey().toUpperCase() + " " + path.getKey() + " " + status))));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(promised);
    }

    /** What every door refuses in the same way. */
    private void refusedAlike(String method, String template, String path, boolean fields) {
        call(null, method, template, path, "{}");
        call("aiqb_no_key", method, template, path, "{}");
        call(shop.key, method, template, path, "{\"a\":", "Idempotency-Key", "x");
        call(shop.key, method, template, path, "{\"a\":\"" + "x".repeat(66_000) + "\"}", "Idempotency-Key", "x");
        if (fields) {
            call(shop.key, method, template, path, "{\"no-such-field\": 1}", "Idempotency-Key", "x");
        }
    }

    @Test
    void every_route_of_the_api_is_in_the_contract() {
        shop = new Shop(folder);
        try {
            TreeSet<String> routes = new TreeSet<>();
            shop.bridge.bridge().camel().getRoutes().stream()
                    .map(r -> r.getEndpoint().getEndpointUri())
                    .filter(uri -> uri.matches("platform-http:/+api/.*"))
                    .forEach(uri -> routes.add(uri.replaceFirst("^platform-http:/+", "/")
                                    .replaceFirst("[?].*$", "")
                                    .replace("%7B", "{")
                                    .replace("%7D", "}")
                            + " "
                            + uri.replaceFirst("^.*httpMethodRestrict=", "")
                                    .replaceFirst("&.*$", "")
                                    .toLowerCase()));
            TreeSet<String> documented = new TreeSet<>();
            contract.path("paths").properties().forEach(path -> path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> documented.add(path.getKey() + " " + method)));
            assertThat(routes).isEqualTo(documented);
        } finally {
            shop.close();
        }
    }
}
