package aiqbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two bodies have one digest if they mean the same, and only then. */
class RequestDigestTest {
    private static final ObjectMapper JSON = Json.ofCallers();

    private static String of(String body) {
        try {
            return RequestDigest.of(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void what_means_the_same_is_the_same() {
        for (List<String> same : List.of(
                List.of("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", " { \"b\" : {\"d\":3, \"c\":2},\n\"a\":1}"),
                List.of("{\"a\":100}", "{\"a\":100.0}", "{\"a\":1e2}", "{\"a\":1.00E+2}"),
                List.of("{\"a\":0}", "{\"a\":-0}", "{\"a\":0.000}", "{\"a\":0e99}"),
                List.of("{\"a\":\"\\u00e9\"}", "{\"a\":\"é\"}", "{\"\\u0061\":\"é\"}"),
                List.of("{}", "{\"a\":null}"),
                List.of("{\"cartId\":123}", "{\"cartId\":\"123\"}", "{\"cartId\":123.0}"),
                List.of("{\"transactionId\":9007199254740993}", "{\"transactionId\":\"9007199254740993\"}"))) {
            assertThat(same.stream().map(RequestDigestTest::of).distinct())
                    .as(same.toString())
                    .hasSize(1);
        }
    }

    @Test
    void what_means_something_else_is_not() {
        List<String> all = List.of(
                "{}",
                "{\"a\":1}",
                "{\"a\":\"1\"}",
                "{\"a\":1.1}",
                "{\"a\":true}",
                "{\"a\":\"true\"}",
                "{\"a\":\"null\"}",
                "{\"a\":[1,2]}",
                "{\"a\":[2,1]}",
                "{\"a\":[1,[2]]}",
                "{\"a\":[null]}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":{\"b\":1}}",
                "{\"a\":{},\"b\":1}",
                "{\"a\":\"1,\\\"b\\\":1\"}",
                "{\"a\":\"x\\\"\",\"b\":\"y\"}",
                "{\"a\":\"x\",\"b\":\"\\\"y\"}",
                "{\"a\\\":1,\\\"b\":1}",
                "{\"A\":1}",
                "{\"a\":\"é\"}",
                "{\"a\":\"e\u0301\"}",
                "{\"cartId\":\"123\"}",
                "{\"cartId\":\"0123\"}",
                "{\"cartId\":\"123.0\"}",
                "{\"cartId\":123.5}",
                "{\"cartId\":\"123.5\"}",
                "{\"cartId\":1e999999999}",
                "{\"cartId\":1e999999998}");
        assertThat(all.stream().map(RequestDigestTest::of)).doesNotHaveDuplicates();
    }
}
