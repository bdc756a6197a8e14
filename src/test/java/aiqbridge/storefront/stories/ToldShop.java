package aiqbridge.storefront.stories;

import aiqbridge.storefront.api.ShopStub.Answer;
import aiqbridge.storefront.door.Webhook;
import aiqbridge.storefront.stories.ToldOrder.State;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shop of one kind: what it tells in its own words of its carts and orders, and what its API answers. The words are those of the pages in {@code routes/storefront/<kind>/}. */
abstract class ToldShop {
    static final DateTimeFormatter WOO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    final String name;
    final Map<Integer, ToldCart> carts = new TreeMap<>();
    final Map<Integer, ToldOrder> orders = new TreeMap<>();
    /** What its API does not give just now: the numbers of orders and carts. */
    final Set<Integer> failing = new HashSet<>();

    boolean listFails;

    ToldShop(String name) {
        this.name = name;
    }

    /** A delivery of its webhook. */
    record Told(String topic, String body) {}

    static ToldShop of(String kind, String name) {
        return switch (kind) {
            case "woocommerce" -> new Woocommerce(name);
            case "shopify" -> new Shopify(name);
            case "bigcommerce" -> new Bigcommerce(name);
            case "square" -> new Square(name);
            case "jane" -> new Jane(name);
            default -> new Generic(name);
        };
    }

    abstract String kind();

    String lines(String api) {
        return "api.url = " + api + "\n";
    }

    /** Whether it can be asked for what its webhooks did not tell. */
    boolean asked() {
        return true;
    }

    /** Whether its carts reach the bridge before they are ordered. */
    boolean tellsCarts() {
        return true;
    }

    boolean deletes() {
        return false;
    }

    String secret() {
        return "a secret of " + name;
    }

    /** What the shop's front end gives as the id of the cart. */
    abstract String named(ToldCart cart);

    abstract Map<String, String> headers(Webhook webhook, String topic);

    abstract List<Told> tells(ToldCart cart);

    abstract List<Told> tells(ToldOrder order);

    abstract Answer answers(String target);

    // what the kinds share

    static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String money(int of100) {
        return of100 + ".00";
    }

    Answer failed() {
        return new Answer(503, "{}");
    }

    static Integer number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        return found.find() ? Integer.valueOf(found.group(1)) : null;
    }

    List<ToldOrder> since(String target, String parameter) {
        Matcher found = Pattern.compile(parameter + "=([^&]+)")
                .matcher(java.net.URLDecoder.decode(target, java.nio.charset.StandardCharsets.UTF_8));
        if (!found.find()) {
            throw new IllegalStateException(target);
        }
        String since = found.group(1);
        long from = Instant.parse(since.endsWith("Z") ? since : since + "Z").toEpochMilli();
        return orders.values().stream()
                .filter(o -> !o.deleted && o.changedAt / 1000 * 1000 >= from)
                .sorted(java.util.Comparator.comparing((ToldOrder o) -> o.changedAt)
                        .thenComparing(o -> o.number))
                .toList();
    }

    static String list(Collection<String> bodies) {
        return bodies.stream().collect(Collectors.joining(",", "[", "]"));
    }

    /** The page of a list that a query with page and size names. */
    static <T> List<T> page(List<T> all, String target, String sizeParameter) {
        Integer page = number(target, "[?&]page=(\\d+)"), size = number(target, sizeParameter + "=(\\d+)");
        int from = ((page == null ? 1 : page) - 1) * size;
        return from >= all.size() ? List.of() : all.subList(from, Math.min(all.size(), from + size));
    }

    static Map<String, String> standard(Webhook webhook, byte[] key) {
        return Map.of(
                "webhook-id",
                webhook.id,
                "webhook-timestamp",
                Long.toString(webhook.at.getEpochSecond()),
                "webhook-signature",
                "v1,"
                        + Webhook.base64(
                                Webhook.hmac(key, webhook.id, ".", webhook.at.getEpochSecond(), ".", webhook.body)));
    }

    static final class Woocommerce extends ToldShop {
        Woocommerce(String name) {
            super(name);
        }

        @Override
        String kind() {
            return "woocommerce";
        }

        @Override
        boolean deletes() {
            return true;
        }

        @Override
        String named(ToldCart cart) {
            return "w-" + cart.number;
        }

        @Override
        Map<String, String> headers(Webhook webhook, String topic) {
            return Map.of(
                    "X-WC-Webhook-Topic",
                    topic,
                    "X-WC-Webhook-Delivery-ID",
                    webhook.id,
                    "X-WC-Webhook-Signature",
                    Webhook.base64(Webhook.hmac(webhook.secret, webhook.body)));
        }

        /** A cart is an order that nobody has placed yet. */
        @Override
        List<Told> tells(ToldCart cart) {
            return List.of();
        }

        @Override
        List<Told> tells(ToldOrder order) {
            return order.deleted
                    ? List.of(new Told("order.deleted", "{\"id\":" + order.number + "}"))
                    : List.of(new Told("order.updated", body(order)));
        }

        private String body(ToldOrder order) {
            String status =
                    switch (order.state) {
                        case UNPLACED -> order.version > 1 && order.number % 2 == 0 ? "failed" : "pending";
                        case OPEN -> "on-hold";
                        case PAID -> "processing";
                        case COMPLETED -> "completed";
                        case CANCELLED -> "cancelled";
                        case REFUNDED -> "refunded";
                    };
            return "{\"id\":" + order.number + ",\"number\":\"" + order.number
                    + "\",\"created_via\":\"checkout\",\"currency\":\"USD\",\"status\":\"" + status
                    + "\",\"date_created_gmt\":\"" + WOO.format(Instant.ofEpochMilli(order.createdAt))
                    + "\",\"date_modified_gmt\":\"" + WOO.format(Instant.ofEpochMilli(order.changedAt))
                    + "\",\"date_paid_gmt\":"
                    + (order.paidOnce ? "\"" + WOO.format(Instant.ofEpochMilli(order.createdAt)) + "\"" : "null")
                    + ",\"total\":\"100.00\",\"billing\":{\"phone\":\"" + order.cart.phone + "\",\"email\":\""
                    + order.cart.email
                    + "\"},\"payment_url\":\"https://shop.example/pay/" + order.number
                    + "\",\"line_items\":[{\"id\":1,\"name\":\"Blue Dream\",\"sku\":\"BD\",\"quantity\":1,\"price\":100,\"total\":\"100.00\"}],\"refunds\":"
                    + (order.refunded > 0 ? "[{\"id\":1,\"total\":\"-" + money(order.refunded) + "\"}]" : "[]")
                    + ",\"meta_data\":[{\"id\":1,\"key\":\"aiq_cart\",\"value\":\"" + named(order.cart) + "\"}]}";
        }

        @Override
        Answer answers(String target) {
            return listFails
                    ? failed()
                    : Answer.ok(list(page(since(target, "modified_after"), target, "per_page").stream()
                            .map(this::body)
                            .toList()));
        }
    }

    static final class Shopify extends ToldShop {
        Shopify(String name) {
            super(name);
        }

        @Override
        String kind() {
            return "shopify";
        }

        @Override
        boolean deletes() {
            return true;
        }

        @Override
        String named(ToldCart cart) {
            return "c1-cart" + cart.number + "?key=0a1b2c";
        }

        @Override
        Map<String, String> headers(Webhook webhook, String topic) {
            return Map.of(
                    "X-Shopify-Topic",
                    topic,
                    "X-Shopify-Webhook-Id",
                    webhook.id,
                    "X-Shopify-Hmac-SHA256",
                    Webhook.base64(Webhook.hmac(webhook.secret, webhook.body)));
        }

        private String checkout(ToldCart cart) {
            return "{\"id\":" + (700_000 + cart.number) + ",\"token\":\"co" + cart.number
                    + "\",\"cart_token\":\"c1-cart"
                    + cart.number + "\",\"email\":\"" + cart.email + "\",\"phone\":\"+1" + cart.phone
                    + "\",\"created_at\":\"" + iso(cart.changedAt) + "\",\"updated_at\":\"" + iso(cart.changedAt)
                    + "\",\"completed_at\":" + (cart.ordered ? "\"" + iso(cart.changedAt) + "\"" : "null")
                    + ",\"currency\":\"USD\",\"total_price\":\"100.00\",\"abandoned_checkout_url\":\"https://shop.example/co/"
                    + cart.number + "\",\"line_items\":"
                    + list(java.util.Collections.nCopies(
                            cart.items,
                            "{\"title\":\"Blue Dream\",\"sku\":\"BD\",\"quantity\":1,\"price\":\"100.00\"}"))
                    + "}";
        }

        @Override
        List<Told> tells(ToldCart cart) {
            return List.of(new Told("checkouts/update", checkout(cart)));
        }

        @Override
        List<Told> tells(ToldOrder order) {
            if (order.state == State.UNPLACED && order.version <= 1) {
                return List.of();
            }
            return order.deleted
                    ? List.of(new Told("orders/delete", "{\"id\":" + id(order) + "}"))
                    : List.of(new Told("orders/updated", body(order)));
        }

        private static long id(ToldOrder order) {
            return 900_000 + order.number;
        }

        private String body(ToldOrder order) {
            boolean cancelled = order.state == State.CANCELLED || order.state == State.UNPLACED;
            String financial =
                    switch (order.state) {
                        case OPEN -> "pending";
                        case PAID, COMPLETED -> order.refunded > 0 ? "partially_refunded" : "paid";
                        case CANCELLED, UNPLACED -> order.paidOnce ? "paid" : "voided";
                        case REFUNDED -> "refunded";
                    };
            return "{\"id\":" + id(order) + ",\"name\":\"#" + order.number + "\",\"order_number\":" + order.number
                    + ",\"cart_token\":\"c1-cart" + order.cart.number + "\",\"checkout_token\":\"co"
                    + order.cart.number + "\",\"checkout_id\":" + (700_000 + order.cart.number) + ",\"created_at\":\""
                    + iso(order.createdAt) + "\",\"updated_at\":\"" + iso(order.changedAt) + "\",\"cancelled_at\":"
                    + (cancelled ? "\"" + iso(order.changedAt) + "\"" : "null") + ",\"closed_at\":"
                    + (order.archived ? "\"" + iso(order.changedAt) + "\"" : "null") + ",\"financial_status\":\""
                    + financial + "\",\"fulfillment_status\":"
                    + (order.state == State.COMPLETED ? "\"fulfilled\"" : "null")
                    + ",\"currency\":\"USD\",\"total_price\":\"100.00\",\"email\":\"" + order.cart.email
                    + "\",\"phone\":\"+1" + order.cart.phone
                    + "\",\"line_items\":[{\"id\":1,\"title\":\"Blue Dream\",\"sku\":\"BD\",\"quantity\":1,\"price\":\"100.00\"}],\"refunds\":"
                    + (order.refunded > 0
                            ? "[{\"id\":1,\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\""
                                    + money(order.refunded) + "\"}]}]"
                            : "[]")
                    + "}";
        }

        @Override
        Answer answers(String target) {
            Integer one = number(target, "/orders/(\\d+)\\.json");
            if (one != null) {
                ToldOrder order = orders.get(one - 900_000);
                return failing.contains(order.number) ? failed() : Answer.ok("{\"order\":" + body(order) + "}");
            }
            if (listFails) {
                return failed();
            }
            if (target.contains("/checkouts.json")) {
                return Answer.ok("{\"checkouts\":"
                        + list(carts.values().stream()
                                .filter(c -> c.items > 0 && !c.ordered)
                                .map(this::checkout)
                                .toList())
                        + "}");
            }
            return Answer.ok("{\"orders\":"
                    + list(since(target, "updated_at_min").stream()
                            .filter(o -> o.state != State.UNPLACED || o.version > 1)
                            .map(this::body)
                            .toList())
                    + "}");
        }
    }

    static final class Bigcommerce extends ToldShop {
        Bigcommerce(String name) {
            super(name);
        }

        @Override
        String kind() {
            return "bigcommerce";
        }

        @Override
        String named(ToldCart cart) {
            return id(cart);
        }

        private static String id(ToldCart cart) {
            return String.format("00000000-0000-4000-8000-%012d", cart.number);
        }

        @Override
        Map<String, String> headers(Webhook webhook, String topic) {
            return standard(webhook, webhook.secret.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        private static Told thin(String scope, long at, String data) {
            return new Told(
                    scope,
                    "{\"created_at\":" + at / 1000 + ",\"store_id\":\"1\",\"producer\":\"stores/x\",\"scope\":\""
                            + scope + "\",\"hash\":\"h\",\"data\":" + data + "}");
        }

        @Override
        List<Told> tells(ToldCart cart) {
            return List.of(
                    thin("store/cart/updated", cart.changedAt, "{\"type\":\"cart\",\"id\":\"" + id(cart) + "\"}"));
        }

        @Override
        List<Told> tells(ToldOrder order) {
            List<Told> told = new ArrayList<>();
            if (order.turns.size() == 1 && order.stands()) {
                told.add(thin(
                        "store/cart/converted",
                        order.changedAt,
                        "{\"type\":\"cart\",\"id\":\"" + id(order.cart) + "\",\"orderId\":" + order.number + "}"));
            }
            told.add(thin(
                    order.archived ? "store/order/archived" : "store/order/updated",
                    order.changedAt,
                    "{\"type\":\"order\",\"id\":" + order.number + "}"));
            return told;
        }

        private static String rfc(long millis) {
            return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.ofEpochMilli(millis));
        }

        private String body(ToldOrder order) {
            int status =
                    switch (order.state) {
                        case UNPLACED -> order.version > 1 ? 6 : 0;
                        case OPEN -> 7;
                        case PAID -> 11;
                        case COMPLETED -> 10;
                        case CANCELLED -> 5;
                        case REFUNDED -> 4;
                    };
            return "{\"id\":" + order.number + ",\"status_id\":" + status + ",\"cart_id\":\"" + id(order.cart)
                    + "\",\"date_created\":\"" + rfc(order.createdAt) + "\",\"date_modified\":\""
                    + rfc(order.changedAt) + "\",\"total_inc_tax\":\"100.0000\",\"refunded_amount\":\""
                    + money(order.refunded) + "00\",\"payment_status\":\""
                    + (order.refunded == 100
                            ? "refunded"
                            : order.refunded > 0 ? "partially refunded" : order.paidOnce ? "captured" : "")
                    + "\",\"is_deleted\":" + order.deleted
                    + ",\"currency_code\":\"USD\",\"billing_address\":{\"phone\":\""
                    + order.cart.phone + "\",\"email\":\"" + order.cart.email + "\"}}";
        }

        @Override
        Answer answers(String target) {
            Integer cart = number(target, "/v3/carts/.*-0*(\\d+)(?:[?/]|$)");
            if (cart != null) {
                ToldCart of = carts.get(cart);
                return failing.contains(cart)
                        ? failed()
                        : of.ordered
                                ? new Answer(404, "{}")
                                : Answer.ok("{\"data\":{\"id\":\"" + id(of) + "\",\"email\":\"" + of.email
                                        + "\",\"updated_time\":\"" + iso(of.changedAt)
                                        + "\",\"currency\":{\"code\":\"USD\"},\"cart_amount\":100,\"line_items\":{\"physical_items\":"
                                        + list(
                                                java.util.Collections.nCopies(
                                                        of.items,
                                                        "{\"sku\":\"BD\",\"name\":\"Blue Dream\",\"quantity\":1,\"list_price\":100}"))
                                        + "}}}");
            }
            Integer one = number(target, "/v2/orders/(\\d+)");
            if (one != null) {
                return failing.contains(one) ? failed() : Answer.ok(body(orders.get(one)));
            }
            if (listFails) {
                return failed();
            }
            if (target.startsWith("/v2/orders") && target.contains("min_date_modified")) {
                List<ToldOrder> changed = page(since(target, "min_date_modified"), target, "limit");
                return changed.isEmpty()
                        ? new Answer(204, "")
                        : Answer.ok(list(changed.stream().map(this::body).toList()));
            }
            return Answer.ok("{}");
        }
    }

    static final class Square extends ToldShop {
        Square(String name) {
            super(name);
        }

        @Override
        String kind() {
            return "square";
        }

        private String address() {
            return "https://bridge.example/webhooks/square/" + name;
        }

        @Override
        String lines(String api) {
            return super.lines(api) + "public-url = " + address() + "\n";
        }

        @Override
        boolean asked() {
            return false;
        }

        @Override
        String named(ToldCart cart) {
            return "s-" + cart.number;
        }

        @Override
        Map<String, String> headers(Webhook webhook, String topic) {
            return Map.of(
                    "x-square-hmacsha256-signature",
                    Webhook.base64(Webhook.hmac(webhook.secret, address(), webhook.body)));
        }

        @Override
        List<Told> tells(ToldCart cart) {
            return List.of();
        }

        @Override
        List<Told> tells(ToldOrder order) {
            return List.of(new Told(
                    "order.updated",
                    "{\"merchant_id\":\"M\",\"type\":\"order.updated\",\"event_id\":\"e-" + order.number + "-"
                            + order.version + "\",\"created_at\":\"" + iso(order.changedAt)
                            + "\",\"data\":{\"type\":\"order_updated\",\"id\":\"sq" + order.number
                            + "\",\"object\":{\"order_updated\":{\"order_id\":\"sq" + order.number + "\",\"version\":"
                            + order.version + ",\"state\":\"OPEN\"}}}}"));
        }

        private String body(ToldOrder order) {
            boolean paid = order.paidOnce;
            String state =
                    switch (order.state) {
                        case UNPLACED -> order.version > 1 ? "CANCELED" : "OPEN";
                        case OPEN, PAID -> "OPEN";
                        case COMPLETED, REFUNDED -> "COMPLETED";
                        case CANCELLED -> "CANCELED";
                    };
            return "{\"order\":{\"id\":\"sq" + order.number + "\",\"location_id\":\"L\",\"state\":\"" + state
                    + "\",\"version\":" + order.version + ",\"created_at\":\"" + iso(order.createdAt)
                    + "\",\"updated_at\":\"" + iso(order.changedAt)
                    + "\",\"total_money\":{\"amount\":10000,\"currency\":\"USD\"},\"net_amount_due_money\":{\"amount\":"
                    + (paid ? 0 : 10000) + ",\"currency\":\"USD\"}"
                    + (paid
                            ? ",\"tenders\":[{\"id\":\"t\",\"type\":\"CARD\",\"amount_money\":{\"amount\":10000,\"currency\":\"USD\"}}]"
                            : "")
                    + (order.refunded > 0
                            ? ",\"refunds\":[{\"id\":\"r\",\"status\":\"APPROVED\",\"amount_money\":{\"amount\":"
                                    + order.refunded * 100 + ",\"currency\":\"USD\"}}]"
                            : "")
                    + ",\"fulfillments\":[{\"type\":\"PICKUP\",\"state\":\""
                    + switch (order.state) {
                        case UNPLACED -> "PROPOSED";
                        case CANCELLED -> "CANCELED";
                        case OPEN -> "RESERVED";
                        default -> "PREPARED";
                    }
                    + "\",\"pickup_details\":{\"recipient\":{\"phone_number\":\"" + order.cart.phone
                    + "\",\"email_address\":\"" + order.cart.email
                    + "\"}}}],\"metadata\":{\"aiq_cart\":\"" + named(order.cart)
                    + "\"},\"line_items\":[{\"uid\":\"1\",\"name\":\"Blue Dream\",\"quantity\":\"1\",\"base_price_money\":{\"amount\":10000,\"currency\":\"USD\"}}]}}";
        }

        @Override
        Answer answers(String target) {
            Integer one = number(target, "/v2/orders/sq(\\d+)");
            return one == null ? Answer.ok("{}") : failing.contains(one) ? failed() : Answer.ok(body(orders.get(one)));
        }
    }

    static final class Jane extends ToldShop {
        private static final DateTimeFormatter LOCAL =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("America/Denver"));

        Jane(String name) {
            super(name);
        }

        @Override
        String kind() {
            return "jane";
        }

        @Override
        String lines(String api) {
            return "";
        }

        @Override
        boolean asked() {
            return false;
        }

        @Override
        boolean tellsCarts() {
            return false;
        }

        @Override
        String named(ToldCart cart) {
            return "j-" + cart.number;
        }

        @Override
        Map<String, String> headers(Webhook webhook, String topic) {
            return Map.of(
                    "X-Jane-Request-Timestamp",
                    Long.toString(webhook.at.getEpochSecond()),
                    "X-Jane-Signature",
                    Webhook.hex(Webhook.hmac(webhook.secret, webhook.at.getEpochSecond(), ":", webhook.body)));
        }

        @Override
        List<Told> tells(ToldCart cart) {
            return List.of();
        }

        @Override
        List<Told> tells(ToldOrder order) {
            if (order.state == State.UNPLACED && order.version <= 1) {
                return List.of();
            }
            String status =
                    switch (order.state) {
                        case OPEN -> "preparing";
                        case PAID, COMPLETED -> "finished";
                        default -> "cancelled";
                    };
            return List.of(new Told(
                    null,
                    "{\"cart\":{\"id\":" + order.number + ",\"status\":\"" + status + "\",\"created_at\":\""
                            + LOCAL.format(Instant.ofEpochMilli(order.createdAt)) + "\",\"updated_at\":\""
                            + LOCAL.format(Instant.ofEpochMilli(order.changedAt))
                            + "\",\"amount\":\"100.00\",\"customer_phone_number\":\"+1"
                            + order.cart.phone + "\",\"customer_email_address\":\"" + order.cart.email
                            + "\",\"tags\":{\"aiq_cart\":\"" + named(order.cart) + "\"}}}"));
        }

        @Override
        Answer answers(String target) {
            throw new IllegalStateException("nobody asks Jane");
        }
    }

    static final class Generic extends ToldShop {
        Generic(String name) {
            super(name);
        }

        @Override
        String kind() {
            return "generic";
        }

        @Override
        String lines(String api) {
            return "";
        }

        @Override
        boolean asked() {
            return false;
        }

        @Override
        boolean deletes() {
            return true;
        }

        @Override
        String secret() {
            return "whsec_"
                    + Webhook.base64(
                            ("twenty-four bytes of a key" + name).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        String named(ToldCart cart) {
            return "g-" + cart.number;
        }

        @Override
        Map<String, String> headers(Webhook webhook, String topic) {
            return standard(webhook, java.util.Base64.getDecoder().decode(webhook.secret.substring("whsec_".length())));
        }

        @Override
        List<Told> tells(ToldCart cart) {
            return List.of(new Told(
                    "cart.updated",
                    "{\"type\":\"cart.updated\",\"timestamp\":\"" + iso(cart.changedAt) + "\",\"data\":{\"id\":\""
                            + named(cart) + "\",\"changedAt\":\"" + iso(cart.changedAt) + "\",\"phone\":\""
                            + cart.phone + "\",\"email\":\"" + cart.email
                            + "\",\"consent\":\"granted\",\"currency\":\"USD\",\"total\":100,\"items\":"
                            + list(java.util.Collections.nCopies(
                                    cart.items,
                                    "{\"sku\":\"BD\",\"name\":\"Blue Dream\",\"quantity\":1,\"price\":100}"))
                            + "}}"));
        }

        @Override
        List<Told> tells(ToldOrder order) {
            if (order.deleted) {
                return List.of(new Told(
                        "order.deleted",
                        "{\"type\":\"order.deleted\",\"timestamp\":\"" + iso(order.changedAt)
                                + "\",\"data\":{\"id\":\"go" + order.number + "\",\"changedAt\":\""
                                + iso(order.changedAt) + "\"}}"));
            }
            return List.of(new Told(
                    "order.updated",
                    "{\"type\":\"order.updated\",\"timestamp\":\"" + iso(order.changedAt) + "\",\"data\":{\"id\":\"go"
                            + order.number + "\",\"status\":\""
                            + order.state.name().toLowerCase(Locale.ROOT)
                            + "\",\"cartId\":\"" + named(order.cart) + "\",\"changedAt\":\"" + iso(order.changedAt)
                            + "\",\"placedAt\":\"" + iso(order.createdAt) + "\",\"phone\":\"" + order.cart.phone
                            + "\",\"email\":\"" + order.cart.email + "\",\"total\":100,\"refunded\":"
                            + order.refunded + "}}"));
        }

        @Override
        Answer answers(String target) {
            throw new IllegalStateException("nobody asks it");
        }
    }
}
