package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;

/** The clocks themselves, and what is done when that fails what they woke. */
class ClockFlowsTest extends FlowTestSupport {
    @Override
    void openConnections() {
        Shop.connection(
                folder,
                "broken",
                "make = view\njdbc.url = jdbc:sqlite:" + folder.resolve("empty.db") + "\njdbc.username = reader\n");
    }

    @Override
    String[] settings() {
        return new String[] {"clock.auto-startup", "true", "cart.sweep-every", "1s", "pos.poll-every", "1s"};
    }

    /** The next two beats: the first may have begun before. */
    private void beats(String clock) {
        assertThat(new NotifyBuilder(context)
                        .fromRoute(clock)
                        .whenDone(2)
                        .create()
                        .matches(30, TimeUnit.SECONDS))
                .as(clock)
                .isTrue();
    }

    @Test
    @Flow("clocks")
    void a_clock_wakes_its_work_by_itself() {
        run("cart-heard", cart("clock", customer(), Duration.ofMinutes(46)));
        beats("cart-sweep-clock");
        assertThat(column("select status from cart where cart_id = 'clock'")).containsExactly("ABANDONED");
    }

    @Test
    @Flow("policies")
    void a_till_that_cannot_be_asked_says_why_in_its_row_and_is_asked_again() {
        beats("pos-poll-broken-clock");
        assertThat(column("select last_error from pos_poll where connection = 'broken'"))
                .singleElement()
                .asString()
                .contains("The till's file is not there");
    }
}
