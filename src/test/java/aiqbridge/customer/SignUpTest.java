package aiqbridge.customer;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer becomes a member with the evidence of their consent; whoever signs up with somebody else's phone or e-mail sees nothing of theirs. */
class SignUpTest {
    private static final String CUSTOMERS = "/api/v1/customers";
    private static final String NOBODY =
            "{\"errors\":[{\"message\":\"No customer exists\",\"code\":404}],\"code\":404,\"success\":false}";
    private static final String ADA_PHONE = "5555550100", ADA_EMAIL = "ada@example.com";

    @TempDir
    Path folder;

    private Shop shop;
    private Map<String, Object> consent;
    private int number;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        List<String> settings = new ArrayList<>(
                List.of("aiq.lookup-timeout", "1s", "aiq.sign-up-timeout", "1s", "aiq.wallet-timeout", "1s"));
        settings.addAll(List.of(store()));
        shop = new Shop(folder, settings.toArray(new String[0]));
        JsonNode text = shop.get(shop.key, "/api/v1/consent-text").json();
        consent = Map.of(
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
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Shop.Answer signUp(Object... fields) {
        Map<String, Object> body = new HashMap<>(consent);
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        body.values().removeIf(""::equals);
        return shop.post(shop.key, CUSTOMERS, body);
    }

    private String newPhone() {
        return String.format("555555%04d", 2000 + number++);
    }

    private JsonNode heard() {
        List<JsonNode> heard = shop.aiq.requests("signup");
        try {
            return new ObjectMapper()
                    .readTree(heard.get(heard.size() - 1).path("body").asText());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void asksForTheCode(Shop.Answer answer, int status, String what) {
        assertThat(answer.status()).as(what + answer.body()).isEqualTo(status);
        assertThat(answer.json().path("codeRequired").asBoolean()).as(what).isTrue();
        assertThat(answer.body()).as(what).doesNotContain("wallet", "discounts", "points");
    }

    @Test
    void a_new_member_sees_the_welcome_gift_at_once() {
        Shop.Answer answer = signUp(
                "phone",
                "(555) 555-0177",
                "email",
                "Eve@Example.com",
                "firstName",
                "Eve",
                "lastName",
                "Oak",
                "smsOptIn",
                true,
                "emailOptIn",
                false);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("codeRequired").asBoolean(true)).isFalse();
        assertThat(answer.json().at("/wallet/discounts").findValuesAsText("id")).contains("welcome");
        assertThat(answer.json().path("joined").toString()).isEqualTo("[\"phone\",\"email\"]");
        assertThat(heard().toString())
                .isEqualTo(
                        "{\"mobilePhone\":\"5555550177\",\"email\":\"eve@example.com\",\"firstName\":\"Eve\",\"lastName\":\"Oak\",\"smsoptin\":true,\"emailOptIn\":false,\"loyalty\":true}");
        assertThat(shop.queued(answer.json().at("/wallet/walletSession").asText(), "welcome", "t-1")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void what_was_agreed_is_evidence_word_for_word() throws IOException {
        signUp(
                "phone",
                "555-555-0177",
                "email",
                "eve@example.com",
                "emailOptIn",
                true,
                "language",
                "en-CA",
                "place",
                "https://shop.example/join",
                "ip",
                "2001:DB8::1",
                "staff",
                "kim");

        List<Map<String, Object>> rows = shop.bridge.rows.queryForList("select * from consent order by consent_id");
        assertThat(rows)
                .extracting(r -> r.get("purpose") + " " + r.get("granted"))
                .containsExactly("loyalty 1", "sms 0", "email 1");
        assertThat(rows.get(0))
                .containsEntry("wording", Files.readString(Path.of("src/test/resources/consent/US.txt")))
                .containsEntry("text_hash", consent.get("textHash"))
                .containsEntry("text_version", "aiq-1-us");
        assertThat(rows.get(1).get("wording")).asString().contains("Text me").contains("Green Leaf");
        assertThat(rows).allSatisfy(r -> assertThat(r)
                .containsEntry("channel", "pos")
                .containsEntry("connection", "till")
                .containsEntry("language", "en-CA")
                .containsEntry("place", "https://shop.example/join")
                .containsEntry("ip", "2001:db8:0:0:0:0:0:1")
                .containsEntry("staff", "kim")
                .containsEntry("account_id", "green-leaf"));
        assertThat(rows.get(0).get("local_time")).asString().endsWith("[America/Denver]");
        assertThat(rows.toString()).doesNotContain("5550177", "eve@");
        assertThat(shop.bridge.rows.queryForList("select text_hash from consent where purpose = 'sms'", String.class))
                .doesNotContain((String) consent.get("textHash"));
    }

    @Test
    void nobody_is_signed_up_without_evidence() {
        shop.bridge.rows.execute("alter table consent rename to consent_away");
        assertThat(signUp("phone", newPhone()).status()).isEqualTo(503);
        assertThat(shop.aiq.requests("lookup")).isEmpty();
        assertThat(shop.aiq.requests("signup")).isEmpty();
    }

    @Test
    void the_evidence_stands_before_aiq_is_asked() {
        shop.aiq.fault("lookup", "hang-before-effect", -1);
        shop.aiq.fault("signup", "hang-before-effect", -1);
        assertThat(signUp("phone", newPhone()).status()).isEqualTo(503);
        assertThat(shop.bridge.rows.queryForObject("select count(*) from consent", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void without_box_1_or_with_another_text_nobody_is_signed_up() {
        Map<Map<String, Object>, String> wrong = new LinkedHashMap<>();
        wrong.put(Map.of("consent", false), "consent");
        wrong.put(Map.of("consent", "true"), "consent");
        wrong.put(Map.of("consent", ""), "consent");
        wrong.put(Map.of("smsOptIn", ""), "smsOptIn");
        wrong.put(Map.of("textVersion", "aiq-0-us"), "textVersion");
        wrong.put(Map.of("textVersion", "aiq-1-ca"), "textVersion");
        wrong.put(Map.of("textHash", "0".repeat(64)), "textHash");
        wrong.put(Map.of("emailOptIn", true), "emailOptIn");
        wrong.put(Map.of("ip", "localhost"), "ip");
        wrong.put(Map.of("ip", "999.1.1.1"), "ip");
        wrong.put(Map.of("language", "English please"), "language");
        wrong.forEach((fields, named) -> {
            Map<String, Object> all = new HashMap<>(fields);
            all.put("phone", "555-555-0177");
            Object[] flat = all.entrySet().stream()
                    .flatMap(e -> List.of(e.getKey(), e.getValue()).stream())
                    .toArray();
            Shop.Answer answer = signUp(flat);
            assertThat(answer.status()).as(fields + answer.body()).isEqualTo(422);
            assertThat(answer.text("field")).as(fields.toString()).isEqualTo(named);
        });
        assertThat(signUp("email", "eve@example.com", "smsOptIn", true).text("field"))
                .isEqualTo("smsOptIn");
        assertThat(shop.aiq.requests("signup")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from consent", Integer.class))
                .isZero();
    }

    @Test
    void only_the_text_of_the_accounts_country_counts() {
        JsonNode canadian =
                shop.get(shop.key, "/api/v1/consent-text?country=ca").json();
        assertThat(canadian.path("textVersion").asText()).isEqualTo("aiq-1-ca");
        Object[] shownInCanada = {
            "phone",
            newPhone(),
            "textVersion",
            "aiq-1-ca",
            "textHash",
            canadian.path("textHash").asText().toUpperCase(java.util.Locale.ROOT),
            "language",
            "EN-ca"
        };
        Shop.Answer refused = signUp(shownInCanada);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.text("field")).isEqualTo("textVersion");
        assertThat(refused.body()).contains("this account's country is US", "aiq-1-us");
        shop.bridge.rows.update("update account set country = 'CA'");
        shop.restart();
        refused = signUp("phone", newPhone());
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("this account's country is CA", "aiq-1-ca");
        assertThat(shop.bridge.rows.queryForObject("select count(*) from consent", Integer.class))
                .isZero();
        assertThat(signUp(shownInCanada).status()).isEqualTo(201);
        assertThat(shop.bridge.rows.queryForList(
                        "select distinct text_version || ' ' || language from consent", String.class))
                .containsExactly("aiq-1-ca en-CA");
    }

    /** What AIQ's look-up may answer for somebody it knows, but nothing that positively means nobody. */
    private static Map<String, Map<String, Object>> shapes() {
        Map<String, Map<String, Object>> shapes = new LinkedHashMap<>();
        shapes.put("an object", Map.of());
        shapes.put(
                "404 of a proxy",
                Map.of("kind", "says-before-effect", "status", 404, "body", "<html><body>Not Found</body></html>"));
        shapes.put(
                "404 without the envelope",
                Map.of("kind", "says-before-effect", "status", 404, "body", "{\"message\":\"Not Found\"}"));
        shapes.put("400", Map.of("kind", "says-before-effect", "status", 400, "body", NOBODY.replace("404", "400")));
        shapes.put("403", Map.of("kind", "status-before-effect", "status", 403));
        shapes.put(
                "bare OK",
                Map.of(
                        "kind",
                        "says-before-effect",
                        "status",
                        200,
                        "body",
                        "{\"data\":\"OK\",\"code\":200,\"success\":true}"));
        shapes.put(
                "200 without data",
                Map.of("kind", "says-before-effect", "status", 200, "body", "{\"code\":200,\"success\":true}"));
        shapes.put("200 that says 404", Map.of("kind", "says-before-effect", "status", 200, "body", NOBODY));
        shapes.put("500", Map.of("kind", "status-before-effect", "status", 500));
        shapes.put("502 in HTML", Map.of("kind", "html-502"));
        shapes.put("a time-out", Map.of("kind", "hang-before-effect"));
        shapes.put("a reset", Map.of("kind", "reset-before-effect"));
        shapes.put("a redirect", Map.of("kind", "redirect"));
        shapes.put("malformed", Map.of("kind", "bad-json"));
        shapes.put("null", Map.of("kind", "null-body"));
        return shapes;
    }

    private void lookupSays(Map<String, Object> shape) {
        Map<String, Object> fault = new HashMap<>(Map.of("operation", "lookup", "times", 1, "kind", "delay"));
        fault.putAll(shape);
        shop.aiq.fault(fault);
    }

    @Test
    void nobody_sees_a_strangers_wallet_by_signing_up_with_their_phone_or_email() {
        shapes().forEach((name, shape) -> {
            for (String attack : List.of("phone", "email", "both", "own phone", "own email")) {
                String what = attack + ", look-up says " + name + ": ";
                String victim = newPhone(), victimsEmail = "victim" + victim + "@example.com";
                shop.aiq.contact(Map.of(
                        "uid",
                        "1001",
                        "contactID",
                        "c-" + victim,
                        "phone",
                        victim,
                        "email",
                        victimsEmail,
                        "points",
                        "4711"));
                String phone = attack.equals("own phone") ? newPhone() : attack.equals("email") ? "" : victim;
                String email = attack.equals("own email")
                        ? "mallory" + number++ + "@example.com"
                        : attack.equals("phone") ? "" : victimsEmail;
                for (String identity : List.of(phone, email)) {
                    if (!identity.isEmpty()) {
                        lookupSays(identity.contains(victim) ? shape : Map.of());
                    }
                }
                asksForTheCode(
                        signUp(
                                "phone",
                                phone,
                                "email",
                                email,
                                "firstName",
                                "Mallory",
                                "emailOptIn",
                                email.isEmpty() ? "" : false),
                        200,
                        what);
                assertThat(heard().has("firstName"))
                        .as(what + "the victim keeps their name")
                        .isFalse();
                assertThat(heard().path("smsoptin").asBoolean(true))
                        .as(what + "the victim's texts are not stopped")
                        .isTrue();
                if (!phone.isEmpty() && !email.isEmpty() && !(attack.equals("both") && shape.isEmpty())) {
                    assertThat(heard().has("email"))
                            .as(what + "what may belong to two people is not joined")
                            .isFalse();
                }
                if (attack.equals("own phone")) {
                    assertThat(shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", phone))
                                    .body())
                            .as(what)
                            .doesNotContain("\":4711");
                }
                shop.aiq.clearFaults();
                shop.bridge.run("aiq-probe");
                shop.passes(Duration.ofHours(2));
            }
        });
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from wallet_session where points = 4711", Integer.class))
                .isZero();
        assertThat(shop.bridge.rows.queryForList("select email from contact where email is not null"))
                .isEmpty();
    }

    @Test
    void a_plain_no_opens_the_wallet_whichever_of_the_two_ways_aiq_says_it() {
        for (String no : List.of("404", "null-data")) {
            shop.aiq.set("unknown-customer", no);
            for (Object[] who : new Object[][] {
                {"phone", newPhone()},
                {"email", "eve" + number++ + "@example.com"},
                {"phone", newPhone(), "email", "eve" + number++ + "@example.com"}
            }) {
                Shop.Answer answer = signUp(who);
                assertThat(answer.status()).as(answer.body()).isEqualTo(201);
                assertThat(answer.json().has("wallet")).as(no + answer.body()).isTrue();
            }
        }
    }

    @Test
    void a_look_up_that_never_finds_anybody_opens_no_wallet() {
        shop.aiq.fault(Map.of(
                "operation", "lookup", "kind", "says-before-effect", "status", 404, "body", NOBODY, "times", -1));
        asksForTheCode(signUp("phone", ADA_PHONE), 201, "a wrong aiq.lookup-path");
        asksForTheCode(signUp("email", ADA_EMAIL), 201, "a wrong aiq.lookup-path");
    }

    @Test
    void another_contacts_wallet_is_not_opened() {
        for (String says : List.of(
                "{\"data\":{\"contactID\":\"c-ben\"},\"code\":200,\"success\":true}",
                "{\"data\":{},\"code\":200,\"success\":true}",
                "{\"data\":\"OK\",\"code\":200,\"success\":true}")) {
            shop.aiq.fault(Map.of("operation", "signup", "kind", "says-after-effect", "status", 200, "body", says));
            asksForTheCode(signUp("phone", newPhone()), 201, says);
        }
        shop.aiq.fault(Map.of(
                "operation",
                "signup",
                "kind",
                "says-before-effect",
                "status",
                200,
                "body",
                "{\"data\":{\"contactID\":\"c-ben\",\"existing\":true},\"code\":200,\"success\":true}"));
        asksForTheCode(signUp("phone", newPhone()), 201, "one that AIQ says it knew");
        shop.aiq.set("wallet-has-contact-id", "false");
        asksForTheCode(signUp("phone", newPhone()), 201, "a wallet that does not say whose it is");
    }

    @Test
    void a_contact_who_has_not_joined_yet_needs_the_code() {
        shop.aiq.contact(
                Map.of("uid", "1001", "contactID", "c-dan", "phone", "5555550155", "points", "4711", "loyalty", false));
        asksForTheCode(signUp("phone", "5555550155"), 200, "the look-up says so");
        shop.aiq.contact(
                Map.of("uid", "1001", "contactID", "c-don", "phone", "5555550156", "points", "4711", "loyalty", false));
        shop.aiq.set("lookup-non-member", "nobody");
        shop.aiq.set("signup-says-existing", "true");
        asksForTheCode(signUp("phone", "5555550156"), 201, "the sign-up says so");
    }

    /** AIQ's look-up may lag behind its sign-up. */
    @Test
    void a_second_sign_up_needs_the_code_even_if_the_look_up_knows_nobody_yet() {
        String phone = newPhone();
        assertThat(signUp("phone", phone).status()).isEqualTo(201);
        lookupSays(Map.of("kind", "says-before-effect", "status", 404, "body", NOBODY));
        asksForTheCode(signUp("phone", phone), 200, "the same phone again");
        for (int i = 0; i < 2; i++) {
            lookupSays(Map.of("kind", "says-before-effect", "status", 404, "body", NOBODY));
        }
        asksForTheCode(
                signUp("phone", phone, "email", "mallory@example.com"), 200, "the same phone with another's e-mail");
        assertThat(heard().has("email")).isFalse();
    }

    @Test
    void an_unclear_sign_up_may_be_repeated_and_then_needs_the_code() {
        for (String fault : List.of(
                "hang-after-effect", "reset-after-effect", "bad-json", "hang-before-effect", "html-502", "redirect")) {
            String phone = newPhone();
            shop.aiq.fault("signup", fault, 1);
            Shop.Answer unclear = signUp("phone", phone, "email", phone + "@example.com");
            assertThat(unclear.status()).as(fault).isEqualTo(503);
            assertThat(unclear.retryAfter()).as(fault).isNotNull();
            shop.bridge.run("aiq-probe");
            Shop.Answer again = signUp("phone", phone, "email", phone + "@example.com");
            asksForTheCode(
                    again,
                    fault.equals("hang-after-effect") || fault.equals("reset-after-effect") || fault.equals("bad-json")
                            ? 200
                            : 201,
                    fault);
            assertThat(again.json().path("joined").size())
                    .as(fault + again.body())
                    .isEqualTo(2);
            shop.passes(Duration.ofHours(2));
        }
    }

    @Test
    void a_refused_sign_up_says_so() {
        shop.aiq.fault(Map.of("operation", "signup", "kind", "status-before-effect", "status", 400));
        assertThat(signUp("phone", newPhone()).status()).isEqualTo(422);
    }

    @Test
    void a_new_member_whose_wallet_does_not_come_asks_for_a_code() {
        for (String fault : List.of("status-before-effect", "html-502", "bad-json", "hang-before-effect")) {
            shop.aiq.fault("wallet", fault, 1);
            asksForTheCode(signUp("phone", newPhone()), 201, fault);
        }
    }

    @Test
    void sign_ups_are_limited_per_customer_and_connection() {
        String phone = newPhone();
        for (int i = 0; i < 5; i++) {
            assertThat(signUp("phone", phone).status()).isLessThan(300);
        }
        assertThat(signUp("phone", phone).status()).isEqualTo(429);
        shop.passes(Duration.ofHours(2));
        for (int i = 0; i < 110; i++) {
            signUp("phone", newPhone());
        }
        assertThat(shop.aiq.requests("signup").size()).isBetween(100, 105);
    }
}
