package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each role reaches and is shown, over every route of the page. */
class RolesTest {
    private static final Set<String> STRANGERS =
            Set.of("GET /files/{name}", "GET /sign-in", "POST /sign-in", "GET /first-password", "POST /first-password");
    /** Numbers and books, and what is everyone's own. */
    private static final Set<String> VIEWERS = Set.of(
            "GET /",
            "GET /activity",
            "GET /activity/books",
            "GET /connections",
            "GET /mapping",
            "GET /confirm",
            "POST /confirm",
            "GET /password",
            "POST /password",
            "GET /second-factor",
            "POST /second-factor",
            "GET /sign-in/code",
            "POST /sign-in/code",
            "GET /you",
            "POST /you/sessions",
            "POST /sign-out");
    /** Customers and decisions, no key and no account. */
    private static final Set<String> MANAGERS = Set.of(
            "GET /activity/carts",
            "GET /activity/employees",
            "GET /activity/inbox",
            "POST /activity/inbox/replay",
            "GET /activity/look",
            "GET /activity/look.csv",
            "GET /activity/redemptions",
            "GET /activity/redemptions.csv",
            "GET /activity/redemptions/{id}",
            "POST /activity/redemptions/{id}/decide",
            "GET /connections/{id}",
            "GET /stop",
            "POST /stop",
            "POST /stop/lift");

    @TempDir
    Path folder;

    private Shop shop;
    private String redemption;

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\nmodel = immediate\npin = not-required\n");
        shop = new Shop(folder, TestBridge.everyRoute());
        redemption = shop.queued("five-off", "t-1");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private CamelContext camel() {
        return shop.bridge.bridge().camel();
    }

    /** Method and path of each; signing out comes last. */
    private List<String> addresses() {
        return camel().getRoutes().stream()
                .map(route -> route.getEndpoint())
                .filter(PlatformHttpEndpoint.class::isInstance)
                .map(PlatformHttpEndpoint.class::cast)
                .filter(e -> !e.getPath().matches("/?(api|webhooks)/.*"))
                .map(e -> e.getHttpMethodRestrict() + " /" + e.getPath().replaceFirst("^/+", ""))
                .sorted(Comparator.comparing((String a) -> a.equals("POST /sign-out")))
                .toList();
    }

    private String path(String address) {
        return address.replaceFirst("^[A-Z]+ ", "")
                .replace("{name}", "page.css")
                .replaceFirst("(/accounts/)\\{id}", "$1green-leaf")
                .replaceFirst("(/connections/)\\{id}", "$1till")
                .replaceFirst("(/redemptions/)\\{id}", "$1" + redemption);
    }

    private Visitor.Answer asks(Visitor visitor, String address) {
        return address.startsWith("GET ") ? visitor.get(path(address)) : visitor.post(path(address));
    }

    private static boolean reached(Visitor.Answer answer) {
        return !answer.body().contains("Your role, ")
                && !answer.body().contains("There is nothing at this address.")
                && !String.valueOf(answer.location()).startsWith("/sign-in");
    }

    @Test
    void each_role_reaches_what_is_its_own_and_nothing_else() {
        List<String> addresses = addresses();
        assertThat(addresses).containsAll(STRANGERS).containsAll(VIEWERS).containsAll(MANAGERS);
        Map<String, Visitor> visitors = new LinkedHashMap<>();
        visitors.put("stranger", new Visitor(shop.bridge));
        Stream.of(Role.values())
                .forEach(role -> visitors.put(role.word(), Visitor.signedIn(shop.bridge, role.word(), role)));
        for (String address : addresses) {
            boolean strangers = STRANGERS.contains(address),
                    viewers = VIEWERS.contains(address),
                    managers = viewers || MANAGERS.contains(address);
            Map<String, Boolean> expected = Map.of(
                    "stranger",
                    strangers,
                    "viewer",
                    strangers || viewers,
                    "manager",
                    strangers || managers,
                    "owner",
                    true);
            visitors.forEach((who, visitor) -> {
                Visitor.Answer answer = asks(visitor, address);
                boolean signsOutAndIn = address.equals("POST /sign-out") && !who.equals("stranger");
                assertThat(signsOutAndIn || reached(answer))
                        .as(who + ": " + address + " answers " + answer.status() + " " + answer.location())
                        .isEqualTo(expected.get(who));
                assertThat(answer.status()).as(who + ": " + address).isNotIn(500, 503);
                if (!expected.get(who)) {
                    assertThat(answer.status()).as(who + ": " + address).isEqualTo(who.equals("stranger") ? 303 : 403);
                }
            });
        }
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
    }

    @Test
    void a_route_of_which_nobody_said_who_may_reach_it_is_reached_by_nobody() throws Exception {
        camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/new-page?httpMethodRestrict=GET").setBody(constant("everything"));
                from("platform-http:/activity/books?httpMethodRestrict=POST").setBody(constant("everything"));
                from("platform-http:/mapping/all").setBody(constant("everything"));
            }
        });
        for (Visitor visitor : List.of(Visitor.signedIn(shop.bridge), new Visitor(shop.bridge))) {
            for (Visitor.Answer answer :
                    List.of(visitor.get("/new-page"), visitor.post("/activity/books"), visitor.get("/mapping/all"))) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body())
                        .contains("There is nothing at this address.")
                        .doesNotContain("everything");
            }
        }
    }

    @Test
    void nobody_is_shown_a_link_or_a_form_that_is_not_theirs() {
        shop.bridge.rows.update("update account set paused_reason = 'refused'");
        shop.bridge.rows.update("update redemption set status = 'QUEUED'");
        for (Role role : Role.values()) {
            Visitor visitor = Visitor.signedIn(shop.bridge, role.word(), role);
            Set<String> seen = new HashSet<>(Set.of("/"));
            Deque<String> next = new ArrayDeque<>(seen);
            Set<String> forms = new HashSet<>();
            while (!next.isEmpty()) {
                String path = next.pop();
                Visitor.Answer answer = visitor.get(path);
                assertThat(answer.status()).as(role + " is led to " + path).isEqualTo(200);
                found("href=\"(/[^\"#?]*)[^\"]*\"", answer.body())
                        .filter(p -> !p.startsWith("/files/"))
                        .filter(seen::add)
                        .forEach(next::push);
                found("method=\"post\" action=\"([^\"]*)\"", answer.body()).forEach(forms::add);
            }
            assertThat(seen).as(role.word()).contains("/activity/books", "/mapping", "/connections");
            assertThat(seen.contains("/activity/redemptions/" + redemption))
                    .as(role + " sees customers")
                    .isEqualTo(role != Role.VIEWER);
            assertThat(seen.contains("/accounts/green-leaf"))
                    .as(role + " sees accounts")
                    .isEqualTo(role == Role.OWNER);
            for (String form : forms) {
                Visitor.Answer answer = form.equals("/sign-out") ? visitor.get("/") : visitor.post(form);
                assertThat(reached(answer))
                        .as(role + " is shown the form of " + form)
                        .isTrue();
            }
            assertThat(forms.contains("/connections/till/keys"))
                    .as(role + " makes keys")
                    .isEqualTo(role == Role.OWNER);
        }
    }

    private static Stream<String> found(String pattern, String html) {
        return Pattern.compile(pattern).matcher(html).results().map(found -> found.group(1));
    }

    @Test
    void a_viewer_sees_no_customer_and_no_end_of_a_key() {
        shop.bridge.rows.update("update account set paused_reason = 'refused'");
        Visitor viewer = Visitor.signedIn(shop.bridge, "vera", Role.VIEWER);
        Visitor owner = Visitor.signedIn(shop.bridge);
        assertThat(owner.get("/activity/redemptions").body()).contains("0100");
        List<String> hints = shop.bridge.rows.queryForList(
                "select hint from caller_key union all select api_key_hint from account", String.class);
        assertThat(hints).isNotEmpty();
        for (String address : VIEWERS) {
            if (address.startsWith("GET ")) {
                assertThat(viewer.get(path(address)).body())
                        .as(address)
                        .doesNotContain("0100", "Ada")
                        .doesNotContain(hints.toArray(String[]::new));
            }
        }
    }

    @Test
    void a_changed_role_counts_from_the_next_request_on_and_without_one_nobody_is_let_in() {
        Visitor kim = Visitor.signedIn(shop.bridge, "kim", Role.OWNER);
        assertThat(kim.get("/accounts").status()).isEqualTo(200);
        shop.bridge.bridge().pageUsers().changeRole("kim", Role.VIEWER);
        Visitor.Answer refused = kim.get("/accounts");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Your role, viewer, does not include this. An owner can change it.");
        assertThat(kim.get("/activity").status()).isEqualTo(200);
        shop.bridge.rows.update("update page_user set role = null");
        assertThat(kim.get("/activity").location()).startsWith("/sign-in");
    }
}
