package aiqbridge.connection;

import java.net.URI;
import java.time.ZoneId;
import java.util.Map;

/**
 * One shop, as its properties file describes it.
 *
 * @param name        the file's stem
 * @param kind        a folder under routes/storefront/
 * @param zone        the zone of times that the shop writes without one
 * @param model       {@code immediate}: redeemed when the shopper selects it; {@code paid}: when the order is paid; {@code informational}: when a till's sale fulfils it
 * @param redeems     model informational: {@code bridge}, or {@code pos-native} when the till is itself joined to AIQ and we only record
 * @param pos         the till whose sales fulfil a selection; null unless {@code redeems} is {@code bridge}
 * @param confirmedBy who at the retailer confirmed who redeems, and when; null when that is confirmed on the page, or the model is not informational
 * @param carts       whether abandoned carts are sent to AIQ
 * @param consentHeldByAiq AIQ itself knows who may be written to: an identity without a word about consent may be sent, but in Canada
 * @param currency    ISO 4217, of carts that name none; null where the account's country decides
 * @param publicUrl   this connection's webhook address as the shop knows it, where the signature covers it; null when not needed
 * @param apiUrl      the shop's own API, for thin events and for asking what was missed; null for none
 * @param statuses    what an order's status in this shop means, where it differs from its kind: open, paid, completed, cancelled, refunded, cart or ignored
 */
public record StorefrontConnection(
        String name,
        String kind,
        String account,
        String location,
        ZoneId zone,
        boolean pin,
        Model model,
        Redeems redeems,
        String pos,
        String confirmedBy,
        boolean carts,
        boolean consentHeldByAiq,
        String currency,
        URI publicUrl,
        URI apiUrl,
        Map<String, String> statuses)
        implements Connection {
    /** What the retailer confirms with model informational: who redeems. */
    public String whoRedeems() {
        return redeems == Redeems.BRIDGE ? "redeems = bridge, pos = " + pos : "redeems = pos-native";
    }

    /** When a selected reward is redeemed (routes/storefront/README.md section 2). */
    public enum Model {
        IMMEDIATE,
        PAID,
        INFORMATIONAL
    }

    /** Who redeems a selection of model informational. */
    public enum Redeems {
        BRIDGE,
        POS_NATIVE
    }

    @Override
    public String toString() {
        return "StorefrontConnection[" + name + "]";
    }
}
