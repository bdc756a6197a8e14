package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cart is heard, swept and sent. */
class CartFlowsTest extends FlowTestSupport {
    private String status(String cart) {
        return column("select status || ' ' || coalesce(send_status, '-') from cart where cart_id = ?", cart)
                .toString();
    }

    @Test
    @Flow("cart/hear")
    void a_cart_is_kept_in_its_turn_and_closed_by_its_order() {
        AtomicInteger turns = runs("cart-heard", "cart-heard-turn");
        run("cart-heard", cart("heard", Duration.ZERO));
        assertThat(turns).hasValue(1);
        assertThat(status("heard")).startsWith("[OPEN");
        run("order-heard", order("o-heard", "heard", "PAID"));
        assertThat(column("select closed_by from cart where cart_id = 'heard'")).containsExactly("o-heard");
    }

    @Test
    @Flow("cart/sweep")
    void a_cart_that_stood_still_is_abandoned_in_its_turn() {
        AtomicInteger turns = runs("cart-sweep-batch", "cart-sweep-turn");
        run("cart-heard", cart("still", Duration.ofMinutes(46)));
        run("cart-heard", cart("moved", Duration.ofMinutes(1)));
        run("cart-sweep");
        assertThat(turns.get()).isPositive();
        assertThat(status("still")).isEqualTo("[ABANDONED WAITING]");
        assertThat(status("moved")).startsWith("[OPEN");
    }

    @Test
    @Flow("cart/send")
    void an_abandoned_cart_is_told_once() {
        AtomicInteger turns = runs("cart-claim", "cart-claim-turn");
        run("cart-heard", cart("told", Duration.ofMinutes(46)));
        run("cart-sweep");
        run("cart-send");
        run("cart-send");
        assertThat(turns.get()).isPositive();
        assertThat(status("told")).isEqualTo("[ABANDONED SENT]");
        assertThat(shop.aiq.effects("CART").stream()
                        .filter(sent -> sent.path("body").asText().contains("/cart/told")))
                .hasSize(1);
    }
}
