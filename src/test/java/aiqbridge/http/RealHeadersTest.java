package aiqbridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.page.Role;
import aiqbridge.page.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** At every door a header is what was sent as one: a parameter of the query signs nothing, signs nobody in and speaks for nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealHeadersTest {
    private static final List<String> KINDS =
            List.of("shopify", "woocommerce", "generic", "jane", "square", "bigcommerce");
    private final Map<String, Map<String, Object>> reached = new ConcurrentHashMap<>();
    private Shop shop;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        KINDS.forEach(kind -> Shop.storefront(
                folder,
                kind,
                "kind = " + kind + "\n"
                        + (kind.equals("square")
                                ? "public-url = https://bridge.example/webhooks/square/square\n"
                                : "")));
        shop = new Shop(folder, TestBridge.everyRoute("page.forwarded-for", "on"));
        EventNotifierSupport notes = new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCreatedEvent created
                        && created.getExchange().getFromEndpoint() instanceof PlatformHttpEndpoint) {
                    reached.put(
                            created.getExchange().getFromEndpoint().getEndpointUri(),
                            new TreeMap<>(created.getExchange().getMessage().getHeaders()));
                }
            }
        };
        shop.bridge.bridge().camel().getManagementStrategy().addEventNotifier(notes);
        notes.start();
    }

    @AfterAll
    void close() {
        shop.close();
    }

    /** What each kind of shop signs with and says in headers, and what the API and the page listen to. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>(List.of(
                "Authorization",
                "Cookie",
                "Idempotency-Key",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "Forwarded",
                "Sec-Fetch-Site",
                "Origin",
                "Host",
                "Content-Type",
                "Content-Encoding",
                "Content-Length",
                "Transfer-Encoding",
                "kind",
                "connection",
                "id",
                "name",
                "account_id",
                "CamelHttpMethod",
                "CamelHttpPath",
                "CamelHttpResponseCode",
                "CamelVertxPlatformHttpRemoteAddress"));
        KINDS.forEach(kind -> {
            try {
                String text = Files.readString(Path.of("routes/storefront/" + kind + "/kind.properties"));
                Matcher header = Pattern.compile(
                                "(?m)^(?:signature\\.(?:header|id|timestamp)|headers) = (.*)$|header:([A-Za-z-]+)")
                        .matcher(text);
                while (header.find()) {
                    names.addAll(Arrays.asList((header.group(1) != null ? header.group(1) : header.group(2))
                            .trim()
                            .split("[, ]+")));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(names)
                .contains("X-Shopify-Hmac-SHA256", "webhook-signature", "X-Jane-Signature")
                .hasSizeGreaterThan(25);
        return names;
    }

    private static String query(Set<String> names) {
        return names.stream().map(name -> name + "=made-up").collect(Collectors.joining("&", "?", ""));
    }

    @Test
    void no_parameter_reaches_any_route_as_a_header() throws Exception {
        Visitor owner = Visitor.signedIn(shop.bridge, "door-owner", Role.OWNER);
        // here is not this machine's own name
        String cookie = "__Host-" + owner.cookie();
        for (PlatformHttpEndpoint door : doors()) {
            String method = method(door);
            for (String path : paths(door)) {
                reached.clear();
                try (Wire wire = new Wire(shop.bridge.port)) {
                    assertThat(wire.says(method + " " + path + query(names())
                                            + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + shop.key
                                            + "\r\nCookie: " + cookie + "\r\nX-Real: sent\r\nConnection: close\r\n\r\n")
                                    .hearsToTheEnd())
                            .as(path)
                            .startsWith("HTTP/1.1 ");
                }
                await().atMost(Duration.ofSeconds(10)).until(() -> !reached.isEmpty());
                Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                headers.putAll(reached.get(door.getEndpointUri()));
                assertThat(headers)
                        .as(path)
                        .containsEntry("X-Real", "sent")
                        .containsEntry("Authorization", "Bearer " + shop.key);
                headers.remove("CamelHttpRawQuery");
                headers.remove("CamelHttpUrl");
                assertThat(headers.toString()).as(path).doesNotContain("made-up");
            }
        }
    }

    @Test
    void every_route_that_listens_is_behind_a_door_of_the_picture() throws IOException {
        List<String> picture = Pattern.compile("(?m)^\\| `(/[a-z]*/?)` \\|")
                .matcher(Files.readString(Path.of("routes/api/README.md")))
                .results()
                .map(row -> row.group(1))
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        Map<String, Set<String>> rooms = new TreeMap<>();
        shop.bridge.bridge().camel().getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof PlatformHttpEndpoint && route.getGroup() != null)
                .forEach(route -> rooms.computeIfAbsent(
                                picture.stream()
                                        .filter(((PlatformHttpEndpoint) route.getEndpoint()).getPath()::startsWith)
                                        .findFirst()
                                        .orElse("none"),
                                door -> new TreeSet<>())
                        .add(route.getGroup()));
        assertThat(rooms)
                .isEqualTo(Map.of("/api/", Set.of("api"), "/webhooks/", Set.of("storefront"), "/", Set.of("page")));
        assertThat(picture).contains("/observe/");
    }

    /** Every route that listens, also one that is added while the bridge runs. */
    private List<PlatformHttpEndpoint> doors() throws Exception {
        shop.bridge.bridge().camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/api/v1/added-later?useBodyHandler=true")
                        .routeId("added-later")
                        .setBody(constant("in"));
            }
        });
        List<PlatformHttpEndpoint> doors = shop.bridge.bridge().camel().getRoutes().stream()
                .map(Route::getEndpoint)
                .filter(PlatformHttpEndpoint.class::isInstance)
                .map(PlatformHttpEndpoint.class::cast)
                .toList();
        assertThat(doors).hasSizeGreaterThan(45);
        return doors;
    }

    private static String method(PlatformHttpEndpoint door) {
        return door.getHttpMethodRestrict() == null ? "POST" : door.getHttpMethodRestrict();
    }

    private static List<String> paths(PlatformHttpEndpoint door) {
        return (door.getPath().contains("{kind}") ? KINDS : List.of(""))
                .stream()
                        .map(kind -> door.getPath()
                                .replace("{kind}", kind)
                                .replace("{connection}", kind)
                                .replaceAll("\\{\\w+}", "x-1"))
                        .toList();
    }

    @Test
    void no_route_is_reached_by_too_large_a_body_or_by_half_a_one() throws Exception {
        Map<String, Set<String>> said = new TreeMap<>();
        Visitor owner = Visitor.signedIn(shop.bridge, "body-owner", Role.OWNER);
        String known = "Authorization: Bearer " + shop.key + "\r\nCookie: __Host-" + owner.cookie() + "\r\n";
        for (PlatformHttpEndpoint door : doors()) {
            for (String path : paths(door)) {
                reached.clear();
                for (String who : List.of("", known)) {
                    for (String body : List.of(
                            "Content-Length: 2000000\r\n\r\n",
                            "Content-Length: 10\r\n\r\n{",
                            "Transfer-Encoding: chunked\r\n\r\n5\r\n{")) {
                        try (Wire wire = new Wire(shop.bridge.port)) {
                            String answer = wire.says(
                                            method(door) + " " + path + " HTTP/1.1\r\nHost: here\r\n" + who + body)
                                    .stops()
                                    .hearsToTheEnd();
                            said.computeIfAbsent(
                                            answer.isEmpty() ? "closed" : answer.substring(9, 12), s -> new TreeSet<>())
                                    .add(path);
                        }
                    }
                }
                assertThat(reached).as(path).isEmpty();
            }
        }
        System.out.println("said to bodies: " + said.keySet());
        assertThat(said.keySet()).as("what was said").isSubsetOf("closed", "302", "303", "400", "401", "413");
        assertThat(said).containsKeys("401", "413");
    }

    @Test
    void a_parameter_is_no_key_and_names_no_wish() {
        assertThat(shop.send(
                                null,
                                "POST",
                                "/api/v1/wallet/verify?Authorization=Bearer%20" + shop.key,
                                "{\"phone\":\"5555550100\"}")
                        .status())
                .isEqualTo(401);
        assertThat(shop.send(
                                shop.otherKey,
                                "POST",
                                "/api/v1/redemptions?Idempotency-Key=k1",
                                "{\"walletSession\":\"s\",\"discountId\":\"five-off\",\"transactionId\":\"t\"}")
                        .text("detail"))
                .contains("Idempotency-Key");
    }

    @Test
    void a_header_of_the_paths_name_does_not_take_its_place() {
        reached.clear();
        assertThat(shop.send(shop.key, "GET", "/api/v1/redemptions/r-none", null, "id", "r-other")
                        .status())
                .isEqualTo(404);
        assertThat(reached.values()).anySatisfy(headers -> assertThat(headers).containsEntry("id", "r-none"));
    }

    @Test
    void a_parameter_signs_no_webhook() {
        for (String kind : KINDS) {
            shop.secret(kind, "webhook", "hush");
            for (String authorization : List.of("Bearer hush", "hush")) {
                String query = query(names())
                        .replace(
                                "Authorization=made-up",
                                "Authorization=" + URLEncoder.encode(authorization, StandardCharsets.UTF_8));
                assertThat(shop.send(null, "POST", "/webhooks/" + kind + "/" + kind + query, "{\"id\":1}")
                                .status())
                        .as(kind)
                        .isEqualTo(401);
            }
        }
        assertThat(shop.bridge.rows.queryForObject("select count(*) from inbox", Integer.class))
                .isZero();
    }

    @Test
    void a_parameter_signs_nobody_in_and_comes_from_no_page() {
        Visitor visitor = Visitor.signedIn(shop.bridge);
        Visitor stranger = new Visitor(shop.bridge);
        assertThat(visitor.get("/").status()).isEqualTo(200);
        assertThat(stranger.get("/?Cookie=" + visitor.cookie()).location()).startsWith("/sign-in");
        String form = "user=admin&password=" + Visitor.PASSWORD.replace(' ', '+');
        for (String query : List.of("?Sec-Fetch-Site=same-origin", "?Origin=http://127.0.0.1:" + shop.bridge.port)) {
            assertThat(stranger.send(
                                    "POST",
                                    "/sign-in" + query,
                                    form,
                                    "Content-Type",
                                    "application/x-www-form-urlencoded")
                            .status())
                    .as(query)
                    .isEqualTo(403);
        }
        assertThat(stranger.send(
                                "POST",
                                "/sign-in?Content-Type=application/x-www-form-urlencoded",
                                form,
                                "Sec-Fetch-Site",
                                "same-origin")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void a_parameter_is_no_address_that_limits_count() {
        List<Integer> said = new ArrayList<>();
        for (int i = 0; i < 40 && !said.contains(429); i++) {
            said.add(new Visitor(shop.bridge)
                    .send(
                            "POST",
                            "/sign-in?X-Forwarded-For=10.0.0." + i,
                            "user=nobody" + i + "&password=x",
                            "Sec-Fetch-Site",
                            "same-origin",
                            "Content-Type",
                            "application/x-www-form-urlencoded",
                            "X-Forwarded-For",
                            "10.9.9.9")
                    .status());
        }
        assertThat(said).as("one address that tries on and on").contains(429);
    }
}
