package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStandsAgainTest extends AtCheckout {
    @Override
    String model() {
        return "model = paid\n";
    }

    @Test
    void an_order_that_stands_again_while_its_reversal_is_unclear_keeps_its_points_taken() {
        chooses("five-off", "c-1", "k-1");
        order("o-1", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        takenOnce();
        later(Duration.ofMinutes(10));
        shop.aiq.fault(Map.of("operation", "reverse", "kind", "status-before-effect", "status", 503));
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        assertThat(reversals()).containsExactly("UNKNOWN");
        order("o-1", "c-1", "PAID");
        shop.settles();
        later(Duration.ofMinutes(1));
        assertThat(shop.aiq.effects("REVERSED")).as("the order stands").isEmpty();
        assertThat(reversals()).containsExactly("PARKED");
    }
}
