package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Codes and wallets with their limits, and how somebody becomes a member. */
class WalletFlowsTest extends FlowTestSupport {
    private int asksForACode(String kind, String identity) {
        return shop.post(shop.key, "/api/v1/wallet/verify", Map.of(kind, identity))
                .status();
    }

    private List<JsonNode> heard(String operation, String word) {
        return shop.aiq.requests(operation).stream()
                .filter(call -> call.toString().contains(word))
                .toList();
    }

    @Test
    @Flow("wallet/wallet")
    void a_code_opens_the_wallet_only_while_one_is_expected() {
        Customer customer = customer();
        assertThat(session(shop.key, customer)).isNotBlank();
        shop.passes(Duration.ofMinutes(11));
        assertThat(shop.post(
                                shop.key,
                                "/api/v1/wallet/view",
                                Map.of("phone", customer.phone(), "code", String.valueOf(shop.aiq.pin(customer.id()))))
                        .status())
                .isEqualTo(403);
        assertThat(heard("view", customer.phone())).hasSize(1);
    }

    @Test
    @Flow("wallet/limits")
    void a_code_counts_for_the_customers_phone_and_email() {
        shop.aiq.contact(
                Map.of("uid", "1001", "contactID", "c-both", "phone", "5555554101", "email", "both@example.com"));
        shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555554101"));
        shop.post(shop.otherKey, "/api/v1/wallet", Map.of("email", "both@example.com"));
        assertThat(asksForACode("phone", "5555554101")).isEqualTo(200);
        assertThat(asksForACode("email", "both@example.com")).isEqualTo(429);
        assertThat(heard("verify", "both@example.com")).isEmpty();
        shop.passes(Duration.ofSeconds(61));
        assertThat(asksForACode("email", "both@example.com")).isEqualTo(200);
    }

    @Test
    @Flow("customer/sign-up")
    void whose_phone_signed_up_before_is_told_to_aiq_by_it_alone_and_the_evidence_stands_first() {
        shop.aiq.fault("signup", "status-before-effect", 1);
        assertThat(signsUp("phone", "5555554201").status()).isEqualTo(503);
        shop.passes(Duration.ofMinutes(1));
        Shop.Answer again = signsUp("phone", "5555554201", "email", "new@example.com");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().path("codeRequired").asBoolean()).isTrue();
        assertThat(heard("signup", "5555554201")).hasSize(2);
        assertThat(heard("signup", "new@example.com")).isEmpty();
        assertThat(column("select purpose from consent where account_id = 'green-leaf' and purpose = 'loyalty'"))
                .hasSize(2);
    }

    @Test
    @Flow("customer/status")
    void whether_somebody_is_a_member_is_said_within_limits() {
        Customer customer = customer();
        for (int i = 0; i < 30; i++) {
            assertThat(status(customer).text("status")).isEqualTo("member");
        }
        assertThat(status(customer).status()).isEqualTo(429);
        assertThat(heard("lookup", customer.phone())).hasSize(30);
    }

    private Shop.Answer status(Customer customer) {
        return shop.post(shop.key, "/api/v1/customers/status", Map.of("phone", customer.phone()));
    }
}
