package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a back end calls over HTTP, and what AIQ hears of it. */
class ApiFlowsTest extends FlowTestSupport {
    @Test
    @Flow("api/door")
    void only_a_caller_with_a_key_comes_in_and_no_header_of_theirs_goes_further() {
        Shop.Answer stranger = shop.post("not-a-key", "/api/v1/redemptions", Map.of());
        assertThat(stranger.status()).as(stranger.body()).isEqualTo(401);
        assertThat(stranger.type()).isEqualTo("application/problem+json");
        Shop.Answer caller = shop.post(
                shop.key,
                "/api/v1/redemptions",
                Map.of("walletSession", session(shop.key, customer()), "discountId", "cup", "transactionId", "t-door"),
                "Idempotency-Key",
                "door",
                "account_id",
                "somebody-elses");
        assertThat(caller.status()).as(caller.body()).isEqualTo(202);
        assertThat(column("select account_id || ' ' || connection from redemption where transaction_id = 't-door'"))
                .containsExactly("green-leaf till");
    }

    @Test
    @Flow("api/wallet")
    void a_wallet_opens_with_the_code_that_aiq_sent_or_without_one_where_the_connection_may() {
        Customer customer = customer();
        assertThat(shop.post(shop.key, "/api/v1/wallet", Map.of("phone", customer.phone()))
                        .status())
                .isEqualTo(403);
        assertThat(session(shop.key, customer)).isNotBlank();
        Shop.Answer open = shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", customer.phone()));
        assertThat(open.json().path("points").asInt()).as(open.body()).isEqualTo(1000);
    }

    @Test
    @Flow("api/redemptions")
    void a_redemption_is_asked_for_looked_at_and_released() {
        Shop.Answer asked = chooses(shop.key, session(shop.key, customer()), "api", "transactionId", "t-api");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        String one = "/api/v1/redemptions/" + asked.text("redemptionId");
        assertThat(shop.get(shop.key, one).text("status")).isEqualTo("QUEUED");
        assertThat(shop.get(shop.otherKey, one).status())
                .as("another connection's")
                .isEqualTo(404);
        assertThat(shop.post(shop.key, one + "/release", Map.of()).text("status"))
                .isEqualTo("RELEASED");
        assertThat(column("select status from redemption where transaction_id = 't-api'"))
                .containsExactly("RELEASED");
    }

    @Test
    @Flow("api/customers")
    void a_customer_who_agreed_to_the_text_that_was_shown_is_a_member() {
        Shop.Answer signedUp = signsUp("phone", "5555554001");
        assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(201);
        assertThat(shop.post(shop.key, "/api/v1/customers/status", Map.of("phone", "5555554001"))
                        .text("status"))
                .isEqualTo("member");
        assertThat(shop.get(shop.key, "/api/v1/sign-up-code.svg").type()).isEqualTo("image/svg+xml");
    }

    @Test
    @Flow("aiq/calls")
    void a_call_leaves_for_aiq_and_its_answer_is_read() {
        Customer customer = customer();
        Shop.Answer wallet = shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", customer.phone()));
        assertThat(wallet.json().path("points").asInt()).as(wallet.body()).isEqualTo(1000);
        assertThat(shop.aiq.requests("wallet"))
                .filteredOn(call -> call.toString().contains(customer.phone()))
                .hasSize(1);
    }
}
