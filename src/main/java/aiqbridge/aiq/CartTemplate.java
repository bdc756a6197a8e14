package aiqbridge.aiq;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Masked;
import aiqbridge.privacy.Phone;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of an abandoned cart as AIQ is to get it. AIQ's field names are not public (AIQ: section 6.2), so that the owner's template says them:
 * {@code config/aiq-cart.jslt}, where each field it may use is explained.
 */
public final class CartTemplate {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Logger LOG = LoggerFactory.getLogger(CartTemplate.class);
    private final Jslt template;
    private final String broken;

    private CartTemplate(Jslt template, String broken) {
        this.template = template;
        this.broken = broken;
    }

    /** The same; one that is broken keeps nothing from starting but the carts, which wait. */
    public static CartTemplate orBroken(Path home, Settings settings) {
        try {
            return read(home, settings);
        } catch (StartRefused e) {
            LOG.warn("{} Carts wait and none is sent until it is mended. {}", e.sentence(), e.hint());
            return new CartTemplate(null, e.sentence());
        }
    }

    /** Why it makes no cart; empty when it does. */
    public Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    /** @throws StartRefused when the template is broken, or names no customer */
    public static CartTemplate read(Path home, Settings settings) {
        Path file = home.resolve(settings.text("aiq.cart-template"));
        String hint = "This JSLT template builds AIQ's cart; the shipped one is config/aiq-cart.jslt.";
        CartTemplate template = new CartTemplate(Jslt.read(file, List.of(), hint), null);
        AiqAsk.OfCart example = new AiqAsk.OfCart(
                null,
                null,
                null,
                "c-1",
                "web",
                "main",
                new Phone("+15555550100"),
                new Email("someone@example.com"),
                null,
                null,
                new BigDecimal("42.50"),
                "[{\"name\":\"Cup\",\"price\":21.25,\"quantity\":2}]",
                1_760_000_000_000L,
                1_760_000_000_000L);
        try {
            String body = template.body(example).toString();
            if (body.contains("5555550100") || body.contains("someone@example.com")) {
                return template;
            }
            throw new StartRefused(
                    "The file " + file + " builds a cart without a customer.",
                    "AIQ needs .phone or .email in it. " + hint);
        } catch (Jslt.Failed e) {
            throw new StartRefused(
                    "The file " + file + " cannot be used: " + e.getMessage() + ", an example of a cart.", hint);
        }
    }

    /** @throws Jslt.Failed when the template fails on this cart, or makes no object of it */
    JsonNode body(AiqAsk.OfCart cart) {
        if (broken != null) {
            throw new Jslt.Failed(broken);
        }
        ObjectNode in = JSON.createObjectNode();
        in.put("id", cart.cartId()).put("connection", cart.connection()).put("location", cart.location());
        in.put("phone", AiqRequest.national(cart.phone()))
                .put("email", Masked.plain(cart.email()))
                .put("url", cart.url())
                .put("currency", cart.currency());
        in.put("abandonedAt", cart.abandonedAt()).put("changedAt", cart.changedAt());
        in.set("total", decimal(cart.total()));
        in.set("items", items(cart.items()));
        JsonNode body = template.apply(in);
        if (!body.isObject()) {
            throw new Jslt.Failed("the template does not build an object");
        }
        return body;
    }

    /** Each database has its own way with a decimal; 42.500 is 42.5. */
    private static JsonNode decimal(BigDecimal value) {
        return value == null
                ? JSON.nullNode()
                : DecimalNode.valueOf(new BigDecimal(value.stripTrailingZeros().toPlainString()));
    }

    private static JsonNode items(String items) {
        try {
            return JSON.readTree(items);
        } catch (JsonProcessingException e) {
            throw new Jslt.Failed("its items cannot be read");
        }
    }
}
