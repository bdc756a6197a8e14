package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Problem;
import aiqbridge.connection.PosConnections;
import aiqbridge.redemption.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row of a till's request table as the request that a back end would send. */
class PosRequestTest {
    @TempDir
    Path folder;

    private PosRequest requests;

    @BeforeEach
    void one_till() throws IOException {
        Files.writeString(
                folder.resolve("till.properties"),
                "make = view\naccount = leaf\nlocation = main\nzone = America/Denver\njdbc.url = jdbc:sqlite::memory:\njdbc.username = reader");
        Settings settings = Settings.read(Path.of("config/application.properties"), Map.of());
        requests = new PosRequest(PosConnections.read(folder, settings, Map.of()), null, settings);
    }

    private ApiRequest read(String kind, Object... more) {
        Map<String, Object> row = new HashMap<>();
        for (String column : new String[] {
            "phone",
            "email",
            "code",
            "wallet_session",
            "discount_id",
            "transaction_id",
            "employee",
            "first_name",
            "last_name",
            "text_version",
            "text_hash",
            "language"
        }) {
            row.put(column, " " + column + " ");
        }
        row.putAll(Map.of("request_id", "r", "kind", kind, "asked_at", 1_000, "subtotal", "42.50"));
        row.putAll(Map.of("consent", "1", "sms_opt_in", "0", "email_opt_in", ""));
        for (int i = 0; i < more.length; i += 2) {
            row.put((String) more[i], more[i + 1]);
        }
        return requests.read("till", 1_001, Rows.of(TillRequest.class, row));
    }

    @Test
    void each_kind_sends_its_own_columns_in_an_order_that_no_version_changes() {
        String redeem =
                "{\"discountId\":\"discount_id\",\"employee\":\"employee\",\"transactionId\":\"transaction_id\",\"walletSession\":\"wallet_session\"}";
        assertThat(read("REDEEM").body()).hasToString(redeem);
        assertThat(read("REDEEM").key()).isEqualTo("table r");
        assertThat(read("REDEEM").sent()).isEqualTo(Sha256.hex(redeem));
        assertThat(read("VERIFY").body()).hasToString("{\"email\":\"email\",\"phone\":\"phone\"}");
        assertThat(read("VIEW").body())
                .hasToString("{\"code\":\"code\",\"email\":\"email\",\"phone\":\"phone\",\"subtotal\":42.50}");
        assertThat(read("SIGNUP").body())
                .hasToString(
                        "{\"consent\":true,\"email\":\"email\",\"staff\":\"employee\",\"firstName\":\"first_name\",\"language\":\"language\",\"lastName\":\"last_name\",\"phone\":\"phone\",\"smsOptIn\":false,\"textHash\":\"text_hash\",\"textVersion\":\"text_version\"}");
    }

    @Test
    void what_is_empty_or_null_is_not_sent() {
        assertThat(read("VERIFY", "phone", " ", "email", null).body()).hasToString("{}");
    }

    @Test
    void a_kind_that_is_none_is_refused_and_so_is_whom_nobody_waits_for_any_more() {
        assertThatThrownBy(() -> read("GIVE"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
        assertThatThrownBy(() -> read("VIEW", "asked_at", 0, "subtotal", "many"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("too-late"));
        assertThat(read("REDEEM", "asked_at", 0).body()).isNotEmpty();
    }

    @Test
    void in_text_neither_customer_nor_code_can_be_read_from_a_row() {
        assertThat(Rows.of(
                                TillRequest.class,
                                Map.of("phone", "5555550100", "email", "ada@example.com", "code", "123456"))
                        .toString())
                .doesNotContain("5555550100", "ada@", "123456");
    }
}
