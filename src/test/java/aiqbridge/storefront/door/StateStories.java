package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One order of a shop, told in each model by a connection of its own: a customer chooses a reward, the shop's signed webhooks say one state and then another, and a day passes.
 * What became of it is read from the bridge's rows and from AIQ's books.
 */
final class StateStories {
    /** Each model's connection, and what its file says besides the kind. */
    static final Map<String, String> MODELS = new TreeMap<>(
            Map.of(
                    "immediate",
                    "model = immediate\npin = not-required\nconsent = held-by-aiq\n",
                    "paid",
                    "model = paid\npin = not-required\nconsent = held-by-aiq\n",
                    "informational",
                    "model = informational\nredeems = bridge\npos = till\nconfirmed-by = Kim Doe, 2026-11-20\npin = not-required\nconsent = held-by-aiq\n"));

    private static final List<String> CLOCKS = List.of(
            "inbox-work",
            "cart-sweep",
            "cart-send",
            "redemption-recover",
            "redemption-expire",
            "redemption-orphan",
            "redemption-execute",
            "reversal-execute",
            "reversal-recover");
    private final StorefrontContract kind;
    private final Shop shop;
    private final int number;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> redemptions = new HashMap<>();
    private final Map<String, String> soon = new HashMap<>();
    private final long began;
    private int said;

    StateStories(StorefrontContract kind, int number) {
        this.kind = kind;
        this.number = number;
        shop = kind.shop;
        began = shop.clock.millis();
        for (String model : MODELS.keySet()) {
            shop.secret(model, "webhook", kind.secret(1));
            if (asked()) {
                shop.secret(model, "api", "tok-0123456789abcdef");
            }
            keys.put(model, shop.keys().add(model));
        }
    }

    private boolean asked() {
        return kind.lines().contains("api.url");
    }

    /** What the two states do: as the page's row would say it. */
    ShopStates.Move told(ShopStates.Move move) {
        MODELS.keySet().forEach(model -> redemptions.put(model, redemption(model)));
        if (!move.from().equals(ShopStates.NOTHING)) {
            said(move.from());
        }
        said(move.to());
        MODELS.keySet().forEach(model -> soon.put(model, became(model)));
        passes(Duration.ofHours(3));
        passes(Duration.ofHours(22));
        return new ShopStates.Move(
                move.from(), move.to(), cart(), outcome("immediate"), outcome("paid"), outcome("informational"));
    }

    /** The status of the order, as the state's row would say it. */
    String order() {
        return words(
                "select lower(status) from shop_order where connection = 'immediate' and created_at >= ? order by order_id");
    }

    private String phone(String model) {
        return "+1303%03d%04d".formatted(220 + List.copyOf(MODELS.keySet()).indexOf(model), 1000 + number);
    }

    private String contact(String model) {
        return "c-" + model + "-" + number;
    }

    private String redemption(String model) {
        Shop.Answer answer = asked(model, kind.cartId(number));
        assertThat(answer.status()).as(answer.body()).isIn(201, 202);
        return answer.text("redemptionId");
    }

    /** Whether an order in that state is found by what the back end called its cart. */
    String found(String cartId, String state) {
        Shop.Answer answer = asked("immediate", cartId);
        assertThat(answer.status()).as(cartId + answer.body()).isEqualTo(201);
        said(state);
        return words(
                "select coalesce(flag, case when order_id is not null then 'found' else 'not found' end) from redemption where storefront = 'immediate' and created_at >= ?");
    }

    /** The back end asks for a redemption for that cart. */
    Shop.Answer asked(String model, String cartId) {
        shop.aiq.contact("1001", contact(model), phone(model).substring(2), "1000");
        Shop.Answer wallet = shop.post(keys.get(model), "/api/v1/wallet", Map.of("phone", phone(model)));
        return shop.post(
                keys.get(model),
                "/api/v1/redemptions",
                Map.of(
                        "walletSession",
                        String.valueOf(wallet.text("walletSession")),
                        "discountId",
                        "five-off",
                        "cartId",
                        cartId),
                "Idempotency-Key",
                "story-" + number);
    }

    private void said(String state) {
        for (String model : MODELS.keySet()) {
            StorefrontContract.Said delivery = kind.states()
                    .get(state)
                    .apply(new StorefrontContract.Telling(number, phone(model), shop.clock.instant()));
            kind.sends(model, "story-" + number + "-" + ++said, delivery);
            shop.bridge.run("inbox-work");
        }
        passes(Duration.ofMinutes(1));
        assertThat(shop.bridge.rows.queryForList(
                        "select coalesce(last_error, status) from inbox where status not in ('DONE', 'IGNORED')",
                        String.class))
                .as(state)
                .isEmpty();
    }

    private void passes(Duration time) {
        shop.passes(time);
        if (asked()) {
            MODELS.keySet().forEach(model -> shop.bridge.run("storefront-ask-" + model));
        }
        CLOCKS.forEach(shop.bridge::run);
    }

    private String outcome(String model) {
        String now = became(model);
        int taken = shop.bridge.rows.queryForObject(
                "select count(*) from redemption r where r.redemption_id = ? and r.status = 'EXECUTED' and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id and v.status = 'DONE')",
                Integer.class,
                redemptions.get(model));
        assertThat(shop.aiq.points(contact(model)))
                .as(model + ": " + now)
                .isEqualByComparingTo(taken == 1 ? "900" : "1000");
        boolean later = now.matches("(given back|released).*") && !now.equals(soon.get(model));
        return later ? now + " later" : now;
    }

    private String became(String model) {
        Map<String, Object> row = shop.bridge.rows.queryForMap(
                "select r.status, r.flag, v.status as reversal from redemption r left join reversal v on v.redemption_id = r.redemption_id where r.redemption_id = ?",
                redemptions.get(model));
        String reversal = String.valueOf(row.get("reversal"));
        String word =
                switch (reversal.equals("null") ? (String) row.get("status") : reversal) {
                    case "DONE" -> "given back";
                    case "EXECUTED" -> "taken";
                    case "PARKED" -> "for a person";
                    case "RELEASED" -> "released";
                    case "QUEUED", "SELECTED" -> "waits";
                    default -> row.get("status") + " " + reversal;
                };
        return row.get("flag") == null ? word : word + ", " + row.get("flag");
    }

    private String cart() {
        return words(
                "select case when status in ('ORDERED', 'RECOVERED') then 'bought' when status = 'EMPTIED' then 'gone' when send_status = 'SENT' then 'reminded' when send_status = 'SUPPRESSED' then 'kept' else lower(status) end"
                        + " from cart where connection = 'immediate' and created_at >= ? and (version >= 0 or converted = 1) order by cart_id");
    }

    private String words(String query) {
        List<String> words = shop.bridge.rows.queryForList(query, String.class, began).stream()
                .distinct()
                .toList();
        return words.isEmpty() ? ShopStates.NOTHING : String.join(", ", words);
    }
}
