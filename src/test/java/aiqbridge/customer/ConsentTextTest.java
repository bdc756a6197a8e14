package aiqbridge.customer;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Sha256;
import aiqbridge.Shop;
import aiqbridge.account.Account;
import aiqbridge.privacy.ApiKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wording is AIQ's, byte for byte, with the brand's name and the country's word; no box is ticked beforehand. */
class ConsentTextTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private JsonNode text(String query) {
        return shop.get(shop.key, "/api/v1/consent-text" + query).json();
    }

    private static String golden(String country) throws IOException {
        return Files.readString(Path.of("src/test/resources/consent/" + country + ".txt"));
    }

    private void account(String brand, String country) {
        shop.bridge
                .bridge()
                .accounts()
                .save(new Account(
                        "green-leaf", brand, "1001", new ApiKey("demo-key"), country, ZoneId.of("America/Denver")));
    }

    @Test
    void the_text_is_aiqs_with_the_brand_and_the_countrys_word() throws IOException {
        assertThat(text("").path("text").asText()).isEqualTo(golden("US"));
        assertThat(text("?country=US").path("text").asText()).isEqualTo(golden("US"));
        assertThat(text("?country=us")).isEqualTo(text("?country=US"));
        assertThat(text("?country=ca")).isEqualTo(text("?country=CA"));
        assertThat(text("?country=CA").path("text").asText()).isEqualTo(golden("CA"));
        assertThat(text("?country=CA").path("textHash").asText()).isEqualTo(Sha256.hex(golden("CA")));
        account("Green Leaf", "CA");
        assertThat(text("").path("text").asText()).isEqualTo(golden("CA"));
        assertThat(text("").path("textVersion").asText()).isEqualTo("aiq-1-ca");
        assertThat(text("?country=US").path("textVersion").asText()).isEqualTo("aiq-1-us");
    }

    @Test
    void a_brands_name_is_left_as_it_is() {
        account("The best rewards program {{brand name}} \"Ö\" $1", "CA");
        assertThat(text("").path("text").asText())
                .contains("for the The best rewards program {{brand name}} \"Ö\" $1 club program where")
                .contains("allowing The best rewards program {{brand name}} \"Ö\" $1 and it's");
    }

    @Test
    void the_boxes_are_apart_and_none_is_ticked() {
        JsonNode boxes = text("").path("boxes");
        assertThat(boxes.findValuesAsText("field")).containsExactly("consent", "smsOptIn", "emailOptIn");
        assertThat(boxes.findValuesAsText("purpose")).containsExactly("loyalty", "sms", "email");
        assertThat(boxes.findValuesAsText("required")).containsExactly("true", "false", "false");
        assertThat(boxes.findValuesAsText("ticked")).containsOnly("false");
        assertThat(boxes.get(0).path("text")).isEqualTo(text("").path("text"));
        boxes.forEach(box -> assertThat(box.path("textHash").asText())
                .isEqualTo(Sha256.hex(box.path("text").asText())));
        assertThat(boxes.get(1).path("text").asText())
                .contains("Green Leaf", "not a condition of any purchase", "STOP");
    }

    @Test
    void a_country_that_is_none_is_refused() {
        for (String query : List.of(
                "?country=",
                "?country=XX",
                "?country=CA&country=US",
                "?country=%24%7Bsys.user.home%7D",
                "?country=CAN")) {
            Shop.Answer answer = shop.get(shop.key, "/api/v1/consent-text" + query);
            assertThat(answer.status()).as(query + answer.body()).isEqualTo(422);
            assertThat(answer.text("field")).isEqualTo("country");
        }
    }

    @Test
    void an_unknown_customer_is_offered_the_text() throws IOException {
        account("Green Leaf", "CA");
        for (Shop.Answer unknown : List.of(
                shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "555-555-0177")),
                shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "555-555-0177")))) {
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.json().path("consentText")).isEqualTo(text("")).isNotNull();
            assertThat(unknown.json().at("/consentText/text").asText()).isEqualTo(golden("CA"));
        }
    }
}
