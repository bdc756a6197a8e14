package aiqbridge.storefront.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.StartRefused;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mapping gives is bounded before it reaches a table; what a shop sends cannot break more than its own row. */
class StorefrontEventsTest {
    @TempDir
    Path folder;

    private Meaning mapped(String program) {
        try {
            Path kind = Files.createDirectories(folder.resolve("routes/storefront/corner"));
            Files.writeString(kind.resolve("events.jslt"), program);
            Files.writeString(kind.resolve("kind.properties"), "status.picked = completed\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new Meaning(folder, folder, "corner", "status.hold = open");
    }

    private static String cart(String data) {
        return "{\"type\":\"cart.updated\",\"timestamp\":\"2026-11-23T11:00:00Z\",\"data\":" + data + "}";
    }

    @Test
    void consent_may_be_said_of_each_identity() {
        Meaning shop = new Meaning(folder, "generic");
        assertThat(shop.one(null, cart("{\"id\":\"c-1\",\"consent\":\"granted\",\"consentPhone\":\"withheld\"}")))
                .containsEntry("consent_email", "granted")
                .containsEntry("consent_phone", "withheld");
        assertThat(shop.one(null, cart("{\"id\":\"c-1\",\"consentEmail\":\"granted\"}")))
                .containsEntry("consent_email", "granted")
                .containsEntry("consent_phone", "unknown");
        for (String word : List.of("\"consentPhone\":true", "\"consentEmail\":\"yes\"")) {
            assertThatThrownBy(() -> shop.one(null, cart("{\"id\":\"c-1\"," + word + "}")))
                    .as(word)
                    .isInstanceOf(EventProblem.class)
                    .hasMessageContaining("unknown " + word.split("\"")[1]);
        }
    }

    @Test
    void a_mapping_that_cannot_be_used_says_so_of_each_delivery_and_names_its_line() {
        for (String text : List.of(
                "{\n  \"event\": \"cart\",\n  \"id\": nowhere(.)\n}", "{\n  \"event\": \n", "{ \"event\": ~ }")) {
            assertThatThrownBy(() -> mapped(text).one(null, "{}"))
                    .isInstanceOf(MappingBroken.class)
                    .hasMessageContaining("corner/events.jslt")
                    .hasMessageContaining(text.contains("nowhere") ? "line 3, cannot be used: " : "cannot be used: ");
        }
    }

    @Test
    void a_status_that_means_nothing_refuses_the_start() {
        assertThatThrownBy(() -> new Meaning(folder, "woocommerce", "status.processing = done"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("status.processing");
    }

    @Test
    void a_shop_says_what_its_own_words_mean() {
        Meaning shop = mapped(
                "{\"event\": \"order\", \"id\": .body.id, \"status\": fallback(get-key(.connection.statuses, .body.state), \"paid\")}");
        assertThat(shop.one(null, "{\"id\":1,\"state\":\"picked\"}")).containsEntry("status", "COMPLETED");
        assertThat(shop.one(null, "{\"id\":1,\"state\":\"hold\"}")).containsEntry("status", "OPEN");
        assertThat(shop.one(null, "{\"id\":1}"))
                .containsEntry("status", "PAID")
                .containsEntry("placed_at", Meaning.HEARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error(.body.email)",
                "number(.body.email)",
                "def deep(x) deep([$x]) deep(1)",
                "{\"event\": \"surprise\"}",
                "{\"event\": \"cart\"}",
                "[1, 2]",
                "{\"event\": \"order\", \"id\": 1, \"status\": .body.email}",
                "{\"event\": \"gone\", \"what\": .body.email, \"id\": 1}",
                "[for (split(\"................................................................\", \"x?\")) .]"
            })
    void a_mapping_that_fails_says_why_without_what_the_shop_sent(String program) {
        assertThatThrownBy(() -> mapped(program).of(null, "{\"email\":\"ada@mail.example\",\"id\":1}"))
                .isInstanceOf(EventProblem.class)
                .message()
                .matches("[A-Z].*[.]")
                .doesNotContain("ada@mail")
                .doesNotContain("Exception:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "not json", "{", "{\"a\":1", "[1,", "1", "\"text\"", "null", "{\"a\":NaN}"})
    void a_body_that_is_no_json_says_so(String body) {
        assertThatThrownBy(() -> new Meaning(folder, "generic").of(null, body)).isInstanceOf(EventProblem.class);
    }

    @Test
    void a_body_that_is_nested_deeply_or_holds_an_endless_number_is_refused_and_costs_nothing() {
        Meaning shop = new Meaning(folder, "generic");
        assertThatThrownBy(() -> shop.of(null, "[".repeat(100_000))).isInstanceOf(EventProblem.class);
        assertThatThrownBy(() -> shop.of(null, cart("{\"id\":1,\"total\":" + "9".repeat(5_000) + "}")))
                .isInstanceOf(EventProblem.class);
        assertThat(
                        shop.one(
                                null,
                                cart(
                                        "{\"id\":1,\"total\":1e999999999,\"version\":1e999999999,\"items\":[{\"sku\":1e999999999,\"name\":1e999999999,\"price\":-1e999999999,\"quantity\":1e-999999999}]}")))
                .containsEntry("total", null)
                .containsEntry("cart_id", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yes\"",
                "\"Granted\"",
                "\"opted-in\"",
                "true",
                "false",
                "1",
                "\"\"",
                "\"granted or withheld as it may be\""
            })
    void a_word_about_consent_that_nobody_knows_is_no_answer(String consent) {
        for (Meaning shop : List.of(
                new Meaning(folder, "generic"),
                mapped("{\"event\": \"cart\", \"id\": .body.data.id, \"consent\": .body.data.consent}"))) {
            assertThatThrownBy(() -> shop.of(null, cart("{\"id\":\"c-1\",\"consent\":" + consent + "}")))
                    .isInstanceOf(EventProblem.class)
                    .hasMessageContaining("granted, unknown, withheld");
        }
    }

    @Test
    void consent_may_be_said_or_left_open() {
        Meaning shop = new Meaning(folder, "generic");
        for (String said : List.of("granted", "withheld", "unknown")) {
            assertThat(shop.one(null, cart("{\"id\":\"c-1\",\"consent\":\"" + said + "\"}")))
                    .containsEntry("consent", said);
        }
        for (String data : List.of("{\"id\":\"c-1\"}", "{\"id\":\"c-1\",\"consent\":null}")) {
            assertThat(shop.one(null, cart(data))).containsEntry("consent", "unknown");
        }
    }

    @Test
    void what_is_too_long_or_too_large_is_cut_or_left_out() {
        Map<String, Object> cart = new Meaning(folder, "generic")
                .one(
                        null,
                        cart(
                                "{\"id\":\"c-1\",\"total\":\"99999999999\",\"url\":\"javascript:alert(1)\",\"currency\":\"dollars\",\"phone\":\""
                                        + "5".repeat(500) + "\"," + "\"email\":\"no mail\",\"items\":[{\"name\":\""
                                        + "x".repeat(60_000)
                                        + "\",\"price\":1,\"image\":\"//cdn.example/a b.png\",\"url\":\"ftp://x\"}"
                                        + ",{\"sku\":\"s\",\"quantity\":\"2\"}".repeat(400) + "]}"));
        assertThat(cart)
                .containsEntry("total", null)
                .containsEntry("url", null)
                .containsEntry("currency", null)
                .containsEntry("consent", "unknown")
                .containsEntry("phone", null)
                .containsEntry("email", null)
                .containsEntry("item_count", 200);
        assertThat((String) cart.get("items"))
                .hasSizeLessThan(12_000)
                .contains("https://cdn.example/a%20b.png")
                .contains("\"quantity\":2.000")
                .doesNotContain("ftp:");
        assertThatThrownBy(() -> new Meaning(folder, "generic").of(null, cart("{\"id\":\"" + "x".repeat(201) + "\"}")))
                .isInstanceOf(EventProblem.class);
        assertThatThrownBy(() -> mapped("[for (array(.body)) {\"event\": \"cart\", \"id\": .key}]")
                        .of(
                                null,
                                "{"
                                        + String.join(
                                                ",",
                                                java.util.stream.IntStream.range(0, 60)
                                                        .mapToObj(i -> "\"k" + i + "\":1")
                                                        .toList())
                                        + "}"))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("50");
    }

    @Test
    void control_and_broken_characters_never_reach_a_database() {
        Map<String, Object> cart = new Meaning(folder, "generic")
                .one(
                        null,
                        cart(
                                "{\"id\":\"c-1\",\"url\":\"https://shop.example/\\u0000\\ud83d\",\"items\":[{\"name\":\"a\\u0000b\\ud83dc\\n d\",\"sku\":\"\\ud83c\\udf3f\"}]}"));
        assertThat(cart).containsEntry("cart_id", "c-1");
        assertThat((String) cart.get("items")).contains("\"name\":\"abc d\"").contains("🌿");
    }

    @Test
    void the_digest_says_what_the_event_says_and_nothing_about_when_it_was_heard() {
        Meaning shop = new Meaning(folder, "generic");
        String body = cart("{\"id\":\"c-1\",\"version\":3,\"total\":5}");
        Map<String, Object> early = Meaning.only(shop.of("webhook", null, "application/json", body, Meaning.HEARD));
        Map<String, Object> late = Meaning.only(shop.of(
                "poll",
                null,
                "application/json",
                "\ufeff" + body.replace(":5}", ":\"5.00\"}") + "\n",
                Meaning.HEARD + 500_000));
        assertThat(late).isEqualTo(early).containsEntry("version", 3L);
        assertThat(Meaning.only(shop.of(null, cart("{\"id\":\"c-1\",\"version\":3,\"total\":6}")))
                        .get("digest"))
                .isNotEqualTo(early.get("digest"));
    }

    @Test
    void a_shop_whose_clock_is_ahead_cannot_keep_its_carts_from_being_idle() {
        assertThat(new Meaning(folder, "generic")
                        .one(null, cart("{\"id\":\"c-1\",\"changedAt\":\"2031-01-01T00:00:00Z\"}")))
                .containsEntry("changed_at", Meaning.HEARD)
                .containsEntry("version", Meaning.at("2031-01-01T00:00:00Z"));
        assertThat(new Meaning(folder, "generic")
                        .one(null, cart("{\"id\":\"c-1\",\"changedAt\":\"2026-11-23T10:00:00\"}")))
                .as("in the zone of the shop")
                .containsEntry("changed_at", Meaning.at("2026-11-23T17:00:00Z"));
    }

    @Test
    void contacts_are_made_comparable() {
        assertThat(
                        new Meaning(folder, "generic")
                                .one(
                                        null,
                                        cart(
                                                "{\"id\":1,\"phone\":\" (555) 555-0100 ext. 3\",\"email\":\" Ada@Mail.Example \"}")))
                .containsEntry("phone", "+15555550100")
                .containsEntry("email", "ada@mail.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufffd", "\\ufffd", "\\ud83c", "\\u0000", "\\u001f"})
    void what_lost_a_character_on_its_way_is_no_contact_and_no_id(String lost) {
        Meaning shop = new Meaning(folder, "generic");
        assertThat(shop.one(
                        null,
                        cart("{\"id\":\"c-1\",\"phone\":\"303555" + lost + "0142\",\"email\":\"ad" + lost
                                + "a@mail.example\",\"items\":[{\"name\":\"Caf" + lost + " x\"}]}")))
                .containsEntry("phone", null)
                .containsEntry("email", null)
                .containsEntry("item_count", 1);
        for (String ids : List.of("\"id\":\"c-" + lost + "1\"", "\"id\":\"c-1\",\"orderId\":\"o" + lost + "1\"")) {
            assertThatThrownBy(() -> shop.of(null, cart("{" + ids + "}")))
                    .isInstanceOf(EventProblem.class)
                    .hasMessageContaining("damaged");
        }
        for (String ids : List.of(
                "\"id\":\"o" + lost + "1\"",
                "\"id\":\"o-1\",\"cartId\":\"c" + lost + "1\"",
                "\"id\":\"o-1\",\"checkoutId\":\"c" + lost + "1\"")) {
            assertThatThrownBy(() ->
                            shop.of(null, "{\"type\":\"order.updated\",\"data\":{" + ids + ",\"status\":\"paid\"}}"))
                    .isInstanceOf(EventProblem.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void a_form_of_another_charset_has_no_contact_that_lost_a_character() {
        String form = Meaning.sample("woocommerce/wcar.abandoned.made.form.txt").strip();
        Map<String, Object> whole =
                new Meaning(folder, "woocommerce").form(form).get(0);
        assertThat(whole.get("email")).isNotNull();
        String name = ((String) whole.get("email")).substring(0, 3);
        assertThat(new Meaning(folder, "woocommerce")
                        .form(form.replace(name, "r%E9n"))
                        .get(0))
                .containsEntry("email", null)
                .containsEntry("cart_id", whole.get("cart_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"0\"", "0", "null", "\" \"", "[]", "{}", "false"})
    void trap_15_empty_and_zero_ids_phones_and_mails_mean_none(String none) {
        Map<String, Object> cart = new Meaning(folder, "generic")
                .one(
                        null,
                        cart("{\"id\":\"c-1\",\"phone\":" + none + ",\"email\":" + none + ",\"orderId\":" + none
                                + ",\"items\":[{\"name\":\"x\",\"sku\":" + none + "}]}"));
        assertThat(cart)
                .containsEntry("phone", null)
                .containsEntry("email", null)
                .containsEntry("order_id", null);
        assertThat((String) cart.get("items")).doesNotContain("sku");
        assertThatThrownBy(() -> new Meaning(folder, "generic").of(null, cart("{\"id\":" + none + "}")))
                .isInstanceOf(EventProblem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "[{\"sku\":\"a\",\"quantity\":0}]",
                "[{\"sku\":\"a\",\"quantity\":\"0\"}]",
                "\"none\"",
                "[null]"
            })
    void trap_17_a_cart_without_a_line_is_empty(String items) {
        assertThat(new Meaning(folder, "generic").one(null, cart("{\"id\":\"c-1\",\"items\":" + items + "}")))
                .containsEntry("item_count", 0)
                .containsEntry("items", "[]");
    }

    @Test
    void amounts_have_three_places_and_no_binary_rounding() {
        Map<String, Object> cart = new Meaning(folder, "generic")
                .one(
                        null,
                        cart(
                                "{\"id\":1,\"total\":0.1,\"items\":[{\"price\":29.9995},{\"price\":\"1,234.50\"},{\"price\":0.30000000000000004}]}"));
        assertThat(cart).containsEntry("total", new BigDecimal("0.100"));
        assertThat(List.of("30.000", "1234.500", "0.300"))
                .allSatisfy(price -> assertThat((String) cart.get("items")).contains("\"price\":" + price));
    }

    @Test
    void the_example_of_the_page_works() throws IOException {
        String page = Files.readString(Path.of("routes/storefront/README.md"));
        String example = page.substring(page.indexOf("For example, a shop that posts `") + 32);
        String body = example.substring(0, example.indexOf('`'));
        String program = example.substring(
                example.indexOf("```\n") + 4, example.indexOf("\n```\n", example.indexOf("```\n") + 4));
        assertThat(mapped(program).one(null, body))
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "7")
                .containsEntry("phone", "+13035550142")
                .containsEntry("version", Meaning.at("2026-11-24T10:00:00Z"))
                .containsEntry(
                        "items", "[{\"name\":\"Blue Dream\",\"price\":35.500,\"quantity\":2.000,\"sku\":\"BD-35\"}]");
    }
}
