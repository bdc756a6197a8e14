package aiqbridge.storefront.stories;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.door.Webhook;
import aiqbridge.storefront.stories.ToldOrder.State;
import aiqbridge.storefront.stories.ToldShop.Told;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shoppers of every kind of shop fill carts, choose a reward, order, pay, fail, cancel, order again, are refunded and tidied away; their shops' webhooks come late, twice and out of order, where the
 * shop can be asked some never come, and now and then its API fails for one thing. In the end the points of what stands are taken, those of what ended are back, no cart of a buyer was sent, and nothing
 * waits in an inbox.
 *
 * <p>The seed is printed; {@code -Dshop-stories.seed=…} repeats it, {@code -Dshop-stories.stories=2000} tells more, {@code -Dshop-stories.kinds=square,jane} draws of these alone.
 */
@Order(3) // among the longest, and it would run alone at the end
class ShopStoriesTest {
    private static final int STORIES = Integer.getInteger("shop-stories.stories", 300);
    private static final List<String> KINDS =
            List.of(System.getProperty("shop-stories.kinds", "woocommerce,shopify,bigcommerce,square,jane,generic")
                    .split(","));
    private static final List<String> MODELS = List.of("immediate", "paid");
    private static final int AT_ONCE = 3;
    private static final long ORPHAN = Duration.ofHours(12).toMillis();
    private static final long LATEST = Duration.ofMinutes(45).toMillis();

    @TempDir
    Path folder;

    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();

    @Test
    @Timeout(3_600)
    void what_stands_is_taken_what_ended_is_back_and_no_buyer_is_reminded() throws Exception {
        long seed = Long.getLong("shop-stories.seed", System.nanoTime());
        System.out.println("ShopStoriesTest: seed " + seed);
        int each = (STORIES + 2 * KINDS.size() * MODELS.size() - 1) / (2 * KINDS.size() * MODELS.size());
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> halves =
                    List.of(both.submit(() -> new Street(seed, "sqlite").stories(each)), both.submit(() -> new Street(
                                    seed + 1,
                                    "postgresql",
                                    "store.url",
                                    Databases.postgresql(),
                                    "store.username",
                                    "postgres",
                                    "node.name",
                                    "bridge-2")
                            .stories(each)));
            for (Future<?> half : halves) {
                half.get();
            }
        } finally {
            both.shutdownNow();
        }
        System.out.println("ShopStoriesTest: " + 2 * KINDS.size() * MODELS.size() * each + " stories, ends " + ends);
        if (KINDS.size() < 6) {
            return;
        }
        assertThat(ends.keySet())
                .as("the stories go everywhere")
                .contains(
                        "taken and stands",
                        "back and ended",
                        "deleted after it was paid",
                        "cart sent",
                        "a second order",
                        "api failed",
                        "webhook lost",
                        "webhook twice",
                        "partly refunded");
        for (String kind : KINDS) {
            assertThat(ends.keySet()).contains(kind + " taken", kind + " back");
        }
    }

    /** A street of shops with one bridge and one AIQ. */
    private final class Street {
        private final Random random;
        private final long seed;
        private final Shop bridge;
        private final ShopStub apis = new ShopStub();
        private final Map<String, ToldShop> shops = new TreeMap<>();
        private final Map<String, String> keys = new HashMap<>();
        private final List<Delivery> underWay = new ArrayList<>();
        private int numbers = 1;
        private int deliveries;
        private int cartsSeen;

        private record Delivery(ToldShop shop, Told told, String id, long due) {}

        Street(long seed, String name, String... store) throws IOException {
            this.seed = seed;
            this.random = new Random(seed);
            Path home = Files.createDirectory(folder.resolve(name));
            for (String kind : KINDS) {
                for (String model : MODELS) {
                    ToldShop shop = ToldShop.of(kind, kind + "-" + model);
                    shops.put(shop.name, shop);
                    Shop.storefront(
                            home,
                            shop.name,
                            "kind = " + kind + "\nmodel = " + model
                                    + "\npin = not-required\ncarts = on\nconsent = held-by-aiq\n"
                                    + shop.lines(apis.url(shop.name)));
                    apis.answers(shop.name, target -> {
                        synchronized (this) {
                            return shop.answers(target);
                        }
                    });
                }
            }
            bridge = new Shop(
                    home,
                    Stream.concat(
                                    Stream.of(store),
                                    Stream.of(
                                            "redemption.orphan-after",
                                            "12h",
                                            "redemption.order-unheard-after",
                                            "9d",
                                            "redemption.expires-after",
                                            "9d",
                                            "reversal.brake",
                                            "1000000",
                                            "aiq.calls-per-second",
                                            "1000",
                                            "aiq.calls-per-minute",
                                            "10000",
                                            "aiq.calls-per-hour",
                                            "1000000",
                                            "wallet.codes-per-connection-and-hour",
                                            "1000000",
                                            "storefront.api-pause",
                                            "1s"))
                            .toArray(String[]::new));
            for (ToldShop shop : shops.values()) {
                keys.put(shop.name, bridge.keys().add(shop.name));
                bridge.secret(shop.name, "webhook", shop.secret());
                bridge.secret(shop.name, StorefrontSecrets.API, "token:token");
            }
        }

        private long now() {
            return bridge.clock.millis();
        }

        Void stories(int each) {
            try {
                ask();
                for (int done = 0; done < each; done += AT_ONCE) {
                    List<Story> stories = new ArrayList<>();
                    for (ToldShop shop : shops.values()) {
                        for (int i = done; i < Math.min(each, done + AT_ONCE); i++) {
                            stories.add(new Story(shop));
                        }
                    }
                    together(stories);
                }
            } finally {
                bridge.close();
                apis.close();
            }
            return null;
        }

        private void together(List<Story> stories) {
            List<Story> going = new ArrayList<>(stories);
            for (int tick = 0; !going.isEmpty(); tick++) {
                Story one = going.get(random.nextInt(going.size()));
                synchronized (this) {
                    one.step();
                }
                if (one.left == 0) {
                    going.remove(one);
                }
                passes(Duration.ofSeconds(2 + random.nextInt(60)));
                deliver(now());
                work();
                if (tick % 12 == 11) {
                    ask();
                    work();
                }
                if (tick % 60 == 59) {
                    remind(stories);
                }
            }
            everythingArrives();
            remind(stories);
            for (int i = 0; i < 3; i++) {
                passes(Duration.ofHours(7));
                ask();
                work();
            }
            remind(stories);
            stories.forEach(Story::ends);
            assertThat(
                            bridge.bridge.rows.queryForList(
                                    "select connection, topic, status, attempts, last_error from inbox where status in ('HEARD', 'PARKED')"))
                    .as("no shop is deaf, seed " + seed)
                    .isEmpty();
        }

        private void passes(Duration time) {
            bridge.passes(time);
        }

        /** What the clocks do all the time. */
        private void work() {
            for (String route : List.of(
                    "inbox-work",
                    "redemption-expire",
                    "redemption-orphan",
                    "redemption-execute",
                    "reversal-execute",
                    "redemption-settle")) {
                bridge.bridge.run(route);
            }
        }

        private void ask() {
            for (ToldShop shop : shops.values()) {
                if (shop.asked()) {
                    try {
                        bridge.bridge.run("storefront-ask-" + shop.name);
                    } catch (CamelExecutionException e) {
                        assertThat(shop.listFails).as(e.toString()).isTrue();
                    }
                }
            }
        }

        private void everythingArrives() {
            shops.values().forEach(shop -> {
                shop.failing.clear();
                shop.listFails = false;
            });
            passes(Duration.ofMinutes(1));
            deliver(Long.MAX_VALUE);
            for (int i = 0; i < 2; i++) {
                ask();
                work();
                passes(Duration.ofMinutes(20));
            }
            ask();
            work();
        }

        /** Nobody who bought is reminded; what the shops said is known by then. */
        private void remind(List<Story> stories) {
            everythingArrives();
            passes(Duration.ofMinutes(46));
            bridge.bridge.run("cart-sweep");
            for (int i = 0; i < 40; i++) {
                bridge.bridge.run("cart-send");
            }
            List<JsonNode> sent = bridge.aiq.requests("cart");
            for (JsonNode request : sent.subList(cartsSeen, sent.size())) {
                counted("cart sent");
                String id = cartId(request);
                for (Story story : stories) {
                    assertThat(story.bought(id))
                            .as("seed " + seed + ": the cart " + id + " of " + story + " was sent")
                            .isFalse();
                }
            }
            cartsSeen = sent.size();
        }

        private String cartId(JsonNode request) {
            try {
                return new ObjectMapper()
                        .readTree(request.path("body").asText())
                        .path("cartID")
                        .asText();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private void tell(ToldShop shop, List<Told> all, boolean mayBeLost) {
            for (Told told : all) {
                if (mayBeLost && shop.asked() && random.nextInt(100) < 8) {
                    counted("webhook lost");
                    continue;
                }
                String id = "d-" + ++deliveries;
                for (int i = random.nextInt(100) < 10 ? 2 : 1; i > 0; i--) {
                    underWay.add(
                            new Delivery(shop, told, id, now() + random.nextInt(3) * random.nextInt((int) LATEST / 3)));
                    if (i == 2) {
                        counted("webhook twice");
                    }
                }
            }
        }

        private void deliver(long until) {
            List<Delivery> due = underWay.stream()
                    .filter(d -> d.due() <= until)
                    .sorted(Comparator.comparing(Delivery::due))
                    .toList();
            underWay.removeAll(due);
            for (Delivery d : due) {
                HttpResponse<String> answer = Webhook.valid(
                                w -> d.shop().headers(w, d.told().topic()),
                                d.shop().secret(),
                                d.id(),
                                bridge.clock.instant(),
                                d.told().body())
                        .to(bridge.bridge.port, "/webhooks/" + d.shop().kind() + "/" + d.shop().name);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        }

        private void counted(String end) {
            ends.merge(end, 1, Integer::sum);
        }

        private final class Story {
            private final ToldShop shop;
            private final String contact;
            private final String phone;
            private final ToldCart cart;
            private final List<String> told = new ArrayList<>();
            private String redemption;
            private long redeemedAt;
            private int left = 5 + random.nextInt(8);

            Story(ToldShop shop) {
                int number = numbers++;
                this.shop = shop;
                this.contact = "c-" + number;
                this.phone = "303444" + String.format("%04d", number);
                bridge.aiq.contact("1001", contact, phone, "1000");
                cart = cart();
            }

            private ToldCart cart() {
                ToldCart made = new ToldCart(numbers++, phone, contact + "@example.com");
                shop.carts.put(made.number, made);
                return made;
            }

            private void fill(ToldCart which) {
                which.items = 1 + random.nextInt(3);
                which.changedAt = now();
                tell(shop, shop.tells(which), false);
            }

            private ToldOrder last() {
                return shop.orders.values().stream()
                        .filter(o -> o.cart == cart)
                        .reduce((a, b) -> b)
                        .orElse(null);
            }

            void step() {
                left--;
                ToldOrder order = last();
                int dice = random.nextInt(100);
                if (cart.items == 0) {
                    if (random.nextInt(3) == 0) {
                        fill(cart());
                        say("fills an older cart");
                    }
                    fill(cart);
                } else if (redemption == null && dice < 60 && (order == null || order.state == State.UNPLACED)) {
                    chooses();
                } else if (order == null || !order.stands() && !order.paidOnce && order.turns.size() > 1 && dice < 50) {
                    ToldOrder made = new ToldOrder(numbers++, cart, now());
                    shop.orders.put(made.number, made);
                    say((order == null ? "begins order " : "a second order ") + made.number);
                    if (order != null) {
                        counted("a second order");
                    }
                    becomes(made, State.UNPLACED);
                } else {
                    goesOn(order);
                }
                if (random.nextInt(12) == 0 && shop.asked()) {
                    counted("api failed");
                    if (random.nextBoolean() && last() != null) {
                        shop.failing.add(last().number);
                    } else {
                        shop.listFails = true;
                    }
                } else if (random.nextInt(4) == 0) {
                    shop.failing.clear();
                    shop.listFails = false;
                }
            }

            private void goesOn(ToldOrder order) {
                if (order.deleted) {
                    return;
                }
                boolean ended = order.state == State.CANCELLED || order.state == State.REFUNDED;
                int dice = random.nextInt(100);
                switch (order.state) {
                    case UNPLACED -> {
                        if (order.version == 1
                                || shop.kind().equals("woocommerce")
                                || shop.kind().equals("generic")) {
                            becomes(order, dice < 35 ? State.OPEN : dice < 85 ? State.PAID : State.UNPLACED);
                        }
                    }
                    case OPEN ->
                        becomes(
                                order,
                                dice < 45
                                        ? State.PAID
                                        : dice < 75 ? State.CANCELLED : dice < 90 ? State.UNPLACED : State.OPEN);
                    case PAID ->
                        becomes(
                                order,
                                dice < 50
                                        ? State.COMPLETED
                                        : dice < 70 ? State.CANCELLED : dice < 85 ? State.REFUNDED : State.PAID);
                    case COMPLETED -> {
                        if (dice < 30) {
                            becomes(order, State.REFUNDED);
                        } else if (dice < 50) {
                            order.archived = true;
                            becomes(order, State.COMPLETED);
                        } else if (dice < 65
                                && order.refunded == 0
                                && !shop.kind().equals("jane")) {
                            order.refunded = 40;
                            counted("partly refunded");
                            becomes(order, State.COMPLETED);
                        }
                    }
                    default -> {}
                }
                if (shop.deletes() && (ended || order.state == State.COMPLETED) && random.nextInt(100) < 25) {
                    order.deleted(now());
                    say("order " + order.number + " is deleted");
                    tell(shop, shop.tells(order), false);
                }
            }

            private void becomes(ToldOrder order, State next) {
                order.becomes(next, now());
                if (order.stands()) {
                    cart.ordered = true;
                    if (order.turns.size() == 1) {
                        cart.changedAt = now();
                        tell(shop, shop.tells(cart), true);
                    }
                }
                say(order.toString());
                tell(shop, shop.tells(order), true);
            }

            private void chooses() {
                Shop.Answer wallet = bridge.post(keys.get(shop.name), "/api/v1/wallet", Map.of("phone", "+1" + phone));
                Shop.Answer answer = bridge.post(
                        keys.get(shop.name),
                        "/api/v1/redemptions",
                        Map.of(
                                "walletSession",
                                String.valueOf(wallet.text("walletSession")),
                                "discountId",
                                "five-off",
                                "cartId",
                                shop.named(cart)),
                        "Idempotency-Key",
                        contact);
                assertThat(answer.status()).as(answer.body()).isIn(201, 202);
                redemption = answer.text("redemptionId");
                redeemedAt = now();
                say("chooses a reward");
            }

            private void say(String what) {
                told.add((now() / 1000 % 1_000_000) + " " + what);
            }

            /** Whether a sent cart of that id is one that this shopper bought, or an older one of theirs. */
            boolean bought(String id) {
                for (ToldCart one : shop.carts.values()) {
                    if (one.phone.equals(phone) && names(one, id)) {
                        return shop.orders.values().stream()
                                .filter(o -> o.cart.phone.equals(phone))
                                .anyMatch(o ->
                                        (o.stands() || o.paidOnce) && (o.cart == one || o.createdAt >= one.changedAt));
                    }
                }
                for (ToldOrder order : shop.orders.values()) {
                    if (order.cart.phone.equals(phone) && id.equals(cartOf(order))) {
                        return order.stands() || order.paidOnce;
                    }
                }
                return false;
            }

            private boolean names(ToldCart one, String id) {
                return id.equals(shop.named(one)) || id.equals("co" + one.number);
            }

            /** The cart that an order is until it is placed. */
            private String cartOf(ToldOrder order) {
                return switch (shop.kind()) {
                    case "woocommerce" -> "order-" + order.number;
                    case "square" -> "sq" + order.number;
                    default -> null;
                };
            }

            void ends() {
                if (redemption == null) {
                    counted("nothing chosen");
                    return;
                }
                List<ToldOrder> mine = shop.orders.values().stream()
                        .filter(o -> o.cart == cart)
                        .toList();
                boolean stands = mine.stream().anyMatch(ToldOrder::stands);
                boolean tidied = mine.stream().anyMatch(o -> o.deleted && o.paidOnce && !cancelledBefore(o));
                boolean immediate = shop.name.endsWith("immediate");
                Map<String, Object> row = bridge.bridge.rows.queryForMap(
                        "select r.status, r.reason, r.flag, r.reversal_wanted, r.order_id, (select v.status from reversal v where v.redemption_id = r.redemption_id) as reversal from redemption r where r.redemption_id = ?",
                        redemption);
                boolean taken = bridge.aiq.points(contact).intValueExact() == 900;
                String all = "seed " + seed + ", " + shop.name + ", " + contact + ": " + told + "\n ends " + row
                        + ", points " + bridge.aiq.points(contact) + "\n orders " + mine;
                boolean shown = row.get("flag") != null || "PARKED".equals(row.get("reversal"));
                boolean paid = mine.stream().anyMatch(o -> o.stands() && o.paidOnce);
                if (messy(mine)) {
                    counted("messy");
                    assertThat(taken == (stands && (immediate || paid)) || shown)
                            .as(all)
                            .isTrue();
                    return;
                }
                if (mine.stream().anyMatch(o -> o.deleted && o.paidOnce && cancelledBefore(o)) && taken) {
                    counted("deleted before it was heard to be cancelled");
                    assertThat(row.get("reversal")).as(all).isEqualTo("PARKED");
                } else if (tidied) {
                    counted("deleted after it was paid");
                    assertThat(taken ? row.get("reversal") : row.get("status"))
                            .as(all)
                            .isEqualTo("PARKED");
                } else if (stands && (immediate || paid)) {
                    counted("taken and stands");
                    counted(shop.kind() + " taken");
                    assertThat(taken).as(all).isTrue();
                    assertThat(row.get("reversal")).as(all).isNull();
                } else {
                    counted(stands ? "waits for its payment" : "back and ended");
                    counted(shop.kind() + " back");
                    assertThat(taken).as(all).isFalse();
                }
            }

            /** Whether it was cancelled or refunded before somebody deleted it. */
            private boolean cancelledBefore(ToldOrder order) {
                return order.state == State.CANCELLED || order.state == State.REFUNDED;
            }

            /** Whether it stood again after its points were due back: for longer than an order may be missing nothing stood, or something paid ended before another order came. */
            private boolean messy(List<ToldOrder> mine) {
                long from = redeemedAt;
                List<Long> turns = new ArrayList<>();
                mine.forEach(o -> turns.addAll(o.turns));
                boolean lastStands = mine.stream().anyMatch(ToldOrder::stands);
                boolean everStood = !turns.isEmpty();
                boolean paidEnded = mine.stream().anyMatch(o -> o.paidOnce && !o.stands());
                long orders = mine.stream().filter(o -> !o.turns.isEmpty()).count();
                if (paidEnded && (orders > 1 || mine.stream().anyMatch(o -> o.paidOnce && o.turns.size() > 2))) {
                    return true;
                }
                if (!everStood) {
                    return false;
                }
                turns.sort(Comparator.naturalOrder());
                long gap = turns.get(0) - from;
                for (int i = 1; i + 1 < turns.size(); i += 2) {
                    gap = Math.max(gap, turns.get(i + 1) - Math.max(from, turns.get(i)));
                }
                return gap > ORPHAN - 2 * LATEST || lastStands && turns.size() % 2 == 0;
            }

            @Override
            public String toString() {
                return shop.name + " " + contact + " " + told;
            }
        }
    }
}
