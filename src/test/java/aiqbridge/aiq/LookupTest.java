package aiqbridge.aiq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Json;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.aiq.AiqAnswer.Outcome;
import aiqbridge.privacy.ApiKey;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer to a look-up means, and what leaves for it: NOT_FOUND opens wallets, so that only AIQ's own plain word counts. */
class LookupTest {
    private static Settings settings(String... over) {
        Properties values = Settings.load(Path.of("config/application.properties"));
        for (int i = 0; i < over.length; i += 2) {
            values.setProperty(over[i], over[i + 1]);
        }
        return Settings.of(values);
    }

    private static AiqAnswer read(Outcome outcome, int status, String body, String... settings) {
        return new AiqReply(settings(settings))
                .lookup(new AiqAnswer(outcome, status, body, null, null, "AIQ answered " + status), json(body));
    }

    /** As the route {@code aiq-json} reads it. */
    private static JsonNode json(String body) {
        try {
            return Json.ofAiq().readerFor(JsonNode.class).readValue(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NOT_FOUND | 404 | {"errors":[{"message":"No customer exists","code":404}],"code":404,"success":false} | NOT_FOUND
        NOT_FOUND | 404 | {"errors":[{"message":"No customer exists"}],"code":404,"success":false,"more":1}   | NOT_FOUND
        NOT_FOUND | 404 | <html><body>Not Found</body></html>                                                 | UNCLEAR
        NOT_FOUND | 404 | {"errors":[{"message":"x"}],"code":404}                                             | UNCLEAR
        NOT_FOUND | 404 | {"errors":[{"message":"x"}],"code":404,"success":true}                              | UNCLEAR
        NOT_FOUND | 404 | {"errors":[],"code":404,"success":false}                                            | UNCLEAR
        NOT_FOUND | 404 | {"errors":[{"message":"x"}],"code":500,"success":false}                             | UNCLEAR
        NOT_FOUND | 404 | {"message":"Not Found"}                                                             | UNCLEAR
        NOT_FOUND | 404 | []                                                                                  | UNCLEAR
        NOT_FOUND | 404 | null                                                                                | UNCLEAR
        NOT_FOUND | 404 | {"errors":                                                                          | UNCLEAR
        REFUSED   | 400 | {"errors":[{"message":"No customer exists","code":400}],"code":400,"success":false} | REFUSED
        UNCLEAR   | 500 | {"errors":[{"message":"x","code":404}],"code":404,"success":false}                  | UNCLEAR
        DONE      | 200 | {"data":null,"code":200,"success":true}                                             | NOT_FOUND
        DONE      | 200 | {"code":200,"success":true}                                                         | UNCLEAR
        DONE      | 200 | {"data":null,"code":404,"success":false}                                            | UNCLEAR
        DONE      | 200 | {"data":null,"code":200,"success":false}                                            | UNCLEAR
        DONE      | 200 | {"data":"OK","code":200,"success":true}                                             | DONE
        DONE      | 200 | {"data":{},"code":200,"success":true}                                               | DONE
        DONE      | 200 | {"data":[],"code":200,"success":true}                                               | DONE
        DONE      | 200 | {"data":{"contactID":"c-1"},"code":200,"success":true}                              | DONE
        DONE      | 200 | null                                                                                | UNCLEAR
        DONE      | 200 | <html></html>                                                                       | UNCLEAR
        DONE      | 200 | {"data":nu                                                                          | UNCLEAR""")
    void only_aiqs_own_plain_word_means_nobody(Outcome outcome, int status, String body, Outcome meant) {
        assertThat(read(outcome, status, body).outcome()).isEqualTo(meant);
    }

    @Test
    void each_of_the_two_words_can_be_taken_out() {
        String envelope = "{\"errors\":[{\"message\":\"x\"}],\"code\":404,\"success\":false}";
        String nothing = "{\"data\":null,\"code\":200,\"success\":true}";
        assertThat(read(Outcome.NOT_FOUND, 404, envelope, "aiq.lookup-not-found", "null-data")
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
        assertThat(read(Outcome.DONE, 200, nothing, "aiq.lookup-not-found", "404-envelope")
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
        assertThatThrownBy(() -> new AiqReply(settings("aiq.lookup-not-found", "404-envelope, 400")))
                .isInstanceOf(StartRefused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        404-envelope | 404 | {"errors":[{"message":"x"}],"code":404,"success":false}
        400-envelope | 400 | {"errors":[{"message":"x"}],"code":400,"success":false}
        200-envelope | 200 | {"errors":[{"message":"x"}],"code":404,"success":false}
        null-data    | 200 | {"data":null,"code":200,"success":true}
        empty-data   | 200 | {"data":{},"code":200,"success":true}
        empty-data   | 200 | {"data":[]}
        empty-data   | 200 | {"data":""}
        no-contact   | 200 | {"data":{"contactID":"","loyalty":false}}""")
    void each_word_means_its_own_answer_alone(String word, int status, String body) {
        Outcome heard = status == 404 ? Outcome.NOT_FOUND : status == 400 ? Outcome.REFUSED : Outcome.DONE;
        assertThat(Nobody.of(status, json(body), "contactID").orElseThrow().word())
                .isEqualTo(word);
        for (Nobody nobody : Nobody.values()) {
            assertThat(read(heard, status, body, "aiq.lookup-not-found", nobody.word())
                            .outcome()
                            .equals(Outcome.NOT_FOUND))
                    .as(nobody.word())
                    .isEqualTo(nobody.word().equals(word));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        200 | {"data":{"contactID":"c-1"}}
        200 | {"data":"OK"}
        200 | {"errors":[{"message":"x"}],"code":500,"success":false}
        200 | []
        404 | <html></html>
        400 | {"message":"Bad Request"}""")
    void no_word_means_what_may_be_somebody(int status, String body) {
        assertThat(Nobody.of(status, json(body), "contactID")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        {"contactID":"c-1","loyalty":true}  | c-1 | true
        {"contactID":"c-1","loyalty":false} | c-1 | false
        {"contactID":7}                     | 7   | true
        {"name":"Ada"}                      | -   | true
        {}                                  | -   | -
        []                                  | -   | -
        "OK"                                | -   | -""")
    void a_known_customer_is_a_member_unless_the_answer_denies_it_or_says_nothing(
            String data, String contact, Boolean member) {
        assertThat(read(Outcome.DONE, 200, "{\"data\":" + data + ",\"code\":200,\"success\":true}")
                        .value())
                .isEqualTo(new Lookup(contact, member));
    }

    private static final Accounts ACCOUNTS = new Accounts() {
        @Override
        public Account get(String accountId) {
            return new Account("green-leaf", "Green Leaf", "1001", new ApiKey("k"), "US", ZoneId.of("UTC"));
        }

        @Override
        public List<Account> all() {
            return List.of(get("green-leaf"));
        }
    };

    private record Member(
            Phone phone, Email email, String firstName, String lastName, Boolean smsOptIn, Boolean emailOptIn)
            implements AiqAsk.OfNewMember {
        static Member of(String phone, String email) {
            return new Member(
                    phone == null ? null : new Phone(phone),
                    email == null ? null : new Email(email),
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public String accountId() {
            return "green-leaf";
        }

        @Override
        public Priority priority() {
            return Priority.PERSON;
        }

        @Override
        public String location() {
            return "Main St";
        }
    }

    private static AiqRequest request(Settings settings) {
        return new AiqRequest(ACCOUNTS, settings, CartTemplate.read(Path.of(""), settings));
    }

    @ParameterizedTest
    @CsvSource({
        "phone, +15555550100, 5555550100",
        "phone, +4930123456, %2B4930123456",
        "email, a.da+x@example.com, a%2Eda%2Bx%40example%2Ecom",
        "email, ../../x?y#z@e.x, %2E%2E%2F%2E%2E%2Fx%3Fy%23z%40e%2Ex"
    })
    void an_identity_is_one_segment_of_the_path(String kind, String identity, String segment) {
        assertThat(request(settings())
                        .lookup(Member.of(
                                kind.equals("phone") ? identity : null, kind.equals("email") ? identity : null))
                        .path())
                .isEqualTo("/api/v2/loyalty/lookup/" + segment);
    }

    @Test
    void a_sign_up_carries_what_was_given_and_nothing_else() {
        AiqRequest request = request(settings());
        assertThat(request.signUp(new Member(new Phone("+15555550177"), null, null, null, false, null))
                        .body())
                .hasToString("{\"mobilePhone\":\"5555550177\",\"smsoptin\":false,\"loyalty\":true}");
        assertThat(request.signUp(new Member(null, new Email("a@example.com"), "A", "B", null, true))
                        .body())
                .hasToString(
                        "{\"email\":\"a@example.com\",\"firstName\":\"A\",\"lastName\":\"B\",\"emailOptIn\":true,\"loyalty\":true}");
    }

    @Test
    void a_brands_further_fields_know_the_location() {
        assertThat(request(settings(
                                "aiq.sign-up-further-fields",
                                "{\"favoriteStore\": \"{location}\", \"favoriteStoreID\": 12}"))
                        .signUp(Member.of(null, "a@example.com"))
                        .body())
                .hasToString(
                        "{\"favoriteStore\":\"Main St\",\"favoriteStoreID\":12,\"email\":\"a@example.com\",\"loyalty\":true}");
        for (String wrong : List.of("[]", "x", "null", "1", "{")) {
            assertThatThrownBy(() -> request(settings("aiq.sign-up-further-fields", wrong)))
                    .isInstanceOf(StartRefused.class);
        }
    }
}
