package aiqbridge.aiq;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Json;
import aiqbridge.Settings;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AIQ's answers under other names and in other forms than the bridge knows, read as the settings say. */
class OtherAnswersTest {
    private static AiqReply reply(String... over) {
        Properties values = Settings.load(Path.of("config/application.properties"));
        for (int i = 0; i < over.length; i += 2) {
            values.setProperty(over[i], over[i + 1]);
        }
        return new AiqReply(Settings.of(values).checked());
    }

    private static JsonNode json(String body) throws JsonProcessingException {
        return Json.ofAiq().readerFor(JsonNode.class).readValue(body);
    }

    private static AiqAnswer heard(String body) {
        return new AiqAnswer(AiqAnswer.Outcome.DONE, 200, body, null, null, "AIQ answered 200");
    }

    @Test
    void a_wallet_under_other_names_is_the_same_wallet() throws JsonProcessingException {
        JsonNode body = json(
                "{\"data\":{\"balance\":\"1233.5\",\"persona\":\"c-1\",\"rewards\":[{\"template\":\"five-off\",\"cost\":100,\"reusable\":false}]}}");
        Wallet known = (Wallet) reply(
                        "aiq.answer-names",
                        "loyaltyPoints: balance, discountTemplates: rewards, id: template, pointsDeduction: cost",
                        "aiq.contact-id-field",
                        "persona")
                .wallet(heard(""), body)
                .value();
        assertThat(known.contactId()).isEqualTo("c-1");
        assertThat(known.points()).isEqualByComparingTo("1233.5");
        assertThat(known.discount("five-off").orElseThrow().points()).isEqualByComparingTo("100");
        assertThat(known.discount("five-off").orElseThrow().singleUse()).isTrue();
        Wallet unknown = (Wallet) reply().wallet(heard(""), body).value();
        assertThat(unknown.points()).isNull();
        assertThat(unknown.discounts()).isNull();
    }

    @Test
    void a_known_name_goes_before_another() throws JsonProcessingException {
        Wallet wallet = (Wallet) reply("aiq.answer-names", "loyaltyPoints: balance")
                .wallet(heard(""), json("{\"data\":{\"balance\":1,\"loyaltyPoints\":2}}"))
                .value();
        assertThat(wallet.points()).isEqualByComparingTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "1760000000, 1760000000000",
        "1760000000123, 1760000000123",
        "'\"1760000000\"', 1760000000000",
        "'\"2025-10-09T08:53:20Z\"', 1760000000000",
        "'\"2025-10-09T02:53:20.000-06:00\"', 1760000000000",
        "253402300799, 253402300799000",
        "253402300800,",
        "999999999999,",
        "1000000000000, 1000000000000",
        "0,",
        "-5,",
        "'\"2025-10-09\"',",
        "'\"Tomorrow\"',",
        "253402300799000, 253402300799000",
        "253402300800000,",
        "1e300,",
    })
    void a_time_is_seconds_or_milliseconds_or_says_its_own_zone(String time, Long millis)
            throws JsonProcessingException {
        Report report = (Report) reply().redemptionsReport(heard(""), json("{\"data\":[{\"ts\":" + time + "}]}"))
                .value();
        assertThat(report.rows().get(0).at()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"100\"', 100",
        "'\"-100.5\"', -100.5",
        "'\"1e3\"',",
        "'\"+5\"',",
        "'\" 5\"',",
        "'\"99999999\"',",
        "true,"
    })
    void points_may_be_a_plain_number_in_a_text(String points, BigDecimal meant) throws JsonProcessingException {
        Report report = (Report) reply().redemptionsReport(heard(""), json("{\"data\":[{\"points\":" + points + "}]}"))
                .value();
        if (meant == null) {
            assertThat(report.rows().get(0).points()).isNull();
        } else {
            assertThat(report.rows().get(0).points()).isEqualByComparingTo(meant);
        }
    }

    @Test
    void the_id_of_a_redemption_may_stand_deeper() throws JsonProcessingException {
        AiqAnswer answer = reply("aiq.redemption-id-fields", "redemption.no, id")
                .receipt(heard(""), json("{\"data\":{\"redemption\":{\"no\":\"r-7\"}}}"));
        assertThat(((Receipt) answer.value()).aiqRedemptionId()).isEqualTo("r-7");
    }
}
