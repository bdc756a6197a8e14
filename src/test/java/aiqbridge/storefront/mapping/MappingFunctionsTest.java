package aiqbridge.storefront.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.schibsted.spt.data.jslt.Parser;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that mappings have beside JSLT's own. */
class MappingFunctionsTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** @param input JSON, or a text without quotation marks */
    private static JsonNode call(String program, String input) {
        try {
            JsonNode value = input.matches("(?s)[\\[{\"].*|-?[0-9.]+([eE][-+]?\\d+)?|true|false|null")
                    ? JSON.readTree(input)
                    : JSON.getNodeFactory().textNode(input);
            return new Parser(new StringReader(program))
                    .withFunctions(MappingFunctions.all())
                    .compile()
                    .apply(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "71                 | 71",
                "71.5               | 71.5",
                "'\"71.00\"'        | 71.00",
                "$71.00             | 71.00",
                "&#36;71.00         | 71.00",
                "&pound;1,071.50 GBP | 1071.50",
                "71,00 €            | 71.00",
                "1.234,50 €         | 1234.50",
                "1 234,50 €         | 1234.50",
                "CHF 1’234.50       | 1234.50",
                "1,234              | 1234",
                "1,234,567          | 1234567",
                "0,234              | 0.234",
                "12,34              | 12.34",
                "'\"1.234\"'        | 1.234",
                "-5.00              | -5.00",
                "-$5.00             | -5.00",
                "($5.00)            | -5.00",
                "Rs. 71.00          | 71.00",
                "<span class=\"amount\"><bdi><span>&#36;</span>71.00</bdi></span> | 71.00",
                "'\"0.00\"' | 0.00",
                "free | -",
                "'\"\"' | -",
                "null | -",
                "{} | -",
                "[1] | -",
                "true | -",
                "1e400              | -",
                "'\"1e400\"'        | -",
                "'\"1e5\"'          | -",
                "1.2.3,4,5          | -",
                "99999999999999999999999999 | -",
                "1e-400 | -"
            })
    void reads_amounts_of_any_shape(String input, String amount) {
        JsonNode read = call("decimal(.)", input);
        if (amount == null) {
            assertThat(read.isNull()).as(input + " is " + read).isTrue();
        } else {
            assertThat(read.decimalValue()).as(input).isEqualByComparingTo(amount);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7100,USD,71",
                "'\"7100\"',USD,71",
                "'\"7100\"',-,71",
                "7100,JPY,7100",
                "7100,KWD,7.1",
                "'\"-150\"',usd,-1.5",
                "7100,???,71"
            })
    void reads_amounts_in_the_smallest_unit(String input, String currency, String amount) {
        assertThat(call(currency == null ? "minor(.)" : "minor(., \"" + currency + "\")", input)
                        .decimalValue())
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "2026-11-23T12:00:00-05:00       | 2026-11-23T17:00:00Z",
                "2026-11-23T12:00:00Z            | 2026-11-23T12:00:00Z",
                "2026-11-23T12:00:00.250+0000    | 2026-11-23T12:00:00.250Z",
                "2026-11-23T12:00:00             | 2026-11-23T19:00:00Z",
                "2026-11-23 12:00:00             | 2026-11-23T19:00:00Z",
                "2026-11-23 12:00:00 UTC         | 2026-11-23T12:00:00Z",
                "2026-11-23T12:00                | 2026-11-23T19:00:00Z",
                "2026-11-23                      | 2026-11-23T07:00:00Z",
                "2026-11-01T01:30:00             | 2026-11-01T07:30:00Z",
                "Mon, 23 Nov 2026 12:00:00 +0000 | 2026-11-23T12:00:00Z",
                "Wed, 23 Nov 2026 12:00:00 GMT   | 2026-11-23T12:00:00Z",
                "1795435200                      | 2026-11-23T12:00:00Z",
                "1795435200000                   | 2026-11-23T12:00:00Z",
                "'\"1795435200\"'                | 2026-11-23T12:00:00Z",
                "1795435200.25                   | 2026-11-23T12:00:00.250Z",
                "0000-00-00 00:00:00 | -",
                "0 | -",
                "'\"\"' | -",
                "null | -",
                "yesterday | -",
                "9999-12-31T00:00:00Z | -",
                "99999999999999999999 | -",
                "1e400 | -",
                "2026-13-01T00:00:00 | -",
                "{} | -"
            })
    void reads_times_of_any_form(String input, String instant) {
        JsonNode read = call("time(., \"America/Denver\")", input);
        assertThat(read.isNull() ? null : Instant.ofEpochMilli(read.asLong()))
                .as(input)
                .isEqualTo(instant == null ? null : Instant.parse(instant));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'\"\"',-",
                "'\"0\"',-",
                "0,-",
                "0.0,-",
                "'\" \"',-",
                "7,7",
                "'\"07\"',07",
                "12345678901234567890,12345678901234567890",
                "1.5,1.5",
                "{},-",
                "null,-"
            })
    void an_id_of_nothing_is_none(String input, String id) {
        assertThat(call("id(.)", input).asText(null)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "d2NmX3Nlc3Npb25faWQ9MGY4   | wcf_session_id=0f8",
                "d2NmX3Nlc3Npb25faWQ9MGY%3D | wcf_session_id=0f",
                "d2NmX3Nlc3Npb25faWQ9MGY%253D | wcf_session_id=0f",
                "d2NmX3Nlc3Npb25faWQ9MGY=%7Cabc | wcf_session_id=0f",
                "Pz8_ | ???",
                "A | -",
                "%zz | -"
            })
    void decodes_what_was_encoded_on_its_way(String input, String text) {
        assertThat(call("base64(.)", input.strip()).asText(null)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ship Your Idea &ndash; Color: Black | Ship Your Idea – Color: Black",
                "Salt &amp; Pepper &#8482;<br>5 g | Salt & Pepper ™ 5 g",
                "a &unknown; b | a &unknown; b",
                "&#0;&#xD800;x | x"
            })
    void shows_names_without_what_a_page_needs(String input, String name) {
        assertThat(call("plain(.)", input).asText()).isEqualTo(name);
    }
}
