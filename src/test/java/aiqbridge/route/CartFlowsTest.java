package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Databases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cart is heard, swept and sent, each in the shop's turn: on PostgreSQL, where that is a lock. Whoever does not get it gives up soon here. */
class CartFlowsTest extends FlowTestSupport {
    private String store;

    @Override
    String[] settings() {
        String[] settings = Databases.postgresqlStore();
        store = settings[1];
        settings[1] += "&options=-c%20lock_timeout=300";
        return settings;
    }

    /** Meanwhile somebody else changes carts of the shop. */
    private void inSomebodysTurn(Runnable deed) {
        try (Connection other = DriverManager.getConnection(store);
                Statement turn = other.createStatement()) {
            other.setAutoCommit(false);
            turn.execute("select pg_advisory_xact_lock(hashtextextended('cart web', 0))");
            deed.run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String status(String cart) {
        return column("select status || ' ' || coalesce(send_status, '-') from cart where cart_id = ?", cart)
                .toString();
    }

    @Test
    @Flow("cart/hear")
    void a_cart_is_kept_in_its_turn_and_closed_by_its_order() {
        Customer customer = customer();
        inSomebodysTurn(() -> assertThatThrownBy(() -> run("cart-heard", cart("heard", customer, Duration.ZERO)))
                .hasStackTraceContaining("lock timeout"));
        assertThat(status("heard")).isEqualTo("[]");
        run("cart-heard", cart("heard", customer, Duration.ZERO));
        assertThat(status("heard")).startsWith("[OPEN");
        run("order-heard", order("o-heard", "heard", "PAID"));
        assertThat(column("select closed_by from cart where cart_id = 'heard'")).containsExactly("o-heard");
    }

    @Test
    @Flow("cart/sweep")
    void a_cart_that_stood_still_is_abandoned_in_its_turn_and_not_sent_when_consent_is_withheld() {
        Map<String, Object> still = cart("still", customer(), Duration.ofMinutes(46));
        run("cart-heard", still);
        run("cart-heard", cart("moved", customer(), Duration.ofMinutes(1)));
        inSomebodysTurn(() -> beat("cart-sweep-clock"));
        assertThat(status("still")).startsWith("[OPEN");
        beat("cart-sweep-clock");
        assertThat(status("still")).isEqualTo("[ABANDONED WAITING]");
        assertThat(status("moved")).startsWith("[OPEN");
        still.putAll(Map.of("consent", "withheld", "version", 2));
        run("cart-heard", still);
        beat("cart-sweep-clock");
        assertThat(status("still")).isEqualTo("[ABANDONED SUPPRESSED]");
    }

    @Test
    @Flow("cart/send")
    void an_abandoned_cart_is_told_once_and_in_its_turn() {
        run("cart-heard", cart("told", customer(), Duration.ofMinutes(46)));
        run("cart-sweep");
        inSomebodysTurn(() -> beat("cart-send-clock"));
        assertThat(status("told")).isEqualTo("[ABANDONED WAITING]");
        beat("cart-send-clock");
        beat("cart-send-clock");
        assertThat(status("told")).isEqualTo("[ABANDONED SENT]");
        assertThat(shop.aiq.effects("CART").stream()
                        .filter(sent -> sent.path("body").asText().contains("/cart/told")))
                .hasSize(1);
    }
}
