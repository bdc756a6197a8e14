package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.privacy.Code;
import aiqbridge.privacy.Phone;
import aiqbridge.storefront.mapping.InboxRow;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a log endpoint shows of what others said. */
class ShownExchangeTest {
    private record Held(String connection, String said, Phone phone, Code code, List<Map<String, Object>> rows) {}

    private static String shown(Object body) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("X-Token", "canary");
            exchange.setVariable("session", "canary");
            return new ShownExchange().format(exchange);
        }
    }

    @Test
    void of_a_record_what_masks_itself_and_of_its_text_the_size() throws Exception {
        assertThat(shown(new Held(
                        "till", "canary", new Phone("+15555550100"), new Code("1234"), List.of(Map.of("a", "canary")))))
                .contains("connection=till", "said=String(6)", "phone=…0100", "code=…")
                .doesNotContain("canary", "1234", "555555");
    }

    @Test
    void a_kept_webhook_shows_nothing_of_its_body() throws Exception {
        assertThat(shown(new InboxRow(1L, "web", "webhook", "orders/paid", "application/json", "{}", "canary", 5L, 0)))
                .contains("InboxRow[", "connection=web", "body=String(6)")
                .doesNotContain("canary");
    }
}
