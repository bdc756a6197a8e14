package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.page.Role;
import aiqbridge.page.Visitor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for the retailer, as a browser meets it. Each test is a person of its own. */
class PageFlowsTest extends FlowTestSupport {
    @Override
    String[] settings() {
        return TestBridge.everyRoute();
    }

    /** Somebody whose one-time code has just become a password. */
    private Visitor signedIn(String user) {
        Visitor visitor = new Visitor(shop.bridge);
        Visitor.Answer in =
                visitor.setsPassword(shop.bridge.bridge().pageUsers().add(user, Role.OWNER));
        assertThat(in.location()).as(in.body()).isEqualTo("/");
        // any page has the token for the forms of this session
        visitor.get("/confirm");
        return visitor;
    }

    @Test
    @Flow("page/door")
    void who_is_not_signed_in_is_sent_to_sign_in_and_the_pages_files_are_everybodys() {
        Visitor stranger = new Visitor(shop.bridge);
        for (String page : List.of("/", "/accounts", "/connections", "/activity")) {
            assertThat(stranger.get(page).location()).as(page).startsWith("/sign-in");
        }
        assertThat(stranger.get("/files/page.css").status()).isEqualTo(200);
    }

    @Test
    @Flow("page/sign-in")
    void a_person_signs_in_by_the_form_and_out_again() {
        signedIn("ann");
        Visitor ann = new Visitor(shop.bridge);
        assertThat(ann.get("/sign-in").body()).contains("name=\"password\"");
        assertThat(ann.signsIn("ann", "not the password").status()).isEqualTo(422);
        assertThat(ann.signsIn("ann", Visitor.PASSWORD).location()).isEqualTo("/");
        ann.get("/confirm");
        ann.post("/sign-out");
        assertThat(ann.get("/").location()).startsWith("/sign-in");
    }

    @Test
    @Flow("page/overview")
    void the_overview_says_what_is_to_be_done_next() {
        Visitor.Answer home = signedIn("bea").get("/");
        assertThat(home.status()).isEqualTo(200);
        assertThat(home.body()).contains("Connect your till", "Go live");
    }

    @Test
    @Flow("page/accounts")
    void an_account_is_saved_when_aiq_accepts_it_and_is_in_the_list() {
        shop.aiq.account("2002", "blue-key-12345678");
        Visitor cleo = signedIn("cleo");
        String[] form = {
            "account", "blue-fern", "brand", "Blue Fern", "uid", "2002", "country", "CA", "zone", "America/Toronto"
        };
        cleo.post("/accounts/add", with(form, "key", "another-key-entirely"));
        assertThat(column("select uid from account where account_id = 'blue-fern'"))
                .isEmpty();
        cleo.post("/accounts/add", with(form, "key", "blue-key-12345678"));
        assertThat(column("select uid from account where account_id = 'blue-fern'"))
                .containsExactly("2002");
        assertThat(cleo.get("/accounts").body()).contains("Blue Fern").doesNotContain("blue-key");
    }

    private static String[] with(String[] form, String... more) {
        return Stream.of(form, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    @Flow("page/stop")
    void a_stop_is_asked_for_with_a_reason_stands_on_every_page_and_is_lifted() {
        Visitor stan = signedIn("stan");
        assertThat(stan.post("/stop", "what", "connection:other-till", "reason", "points vanish")
                        .status())
                .as("not sure")
                .isEqualTo(422);
        assertThat(stan.post("/stop", "what", "connection:other-till", "reason", " ", "sure", "yes")
                        .status())
                .as("no reason")
                .isEqualTo(422);
        assertThat(column("select stop_id from stop where stopped_by = 'stan'")).isEmpty();
        assertThat(stan.post("/stop", "what", "connection:other-till", "reason", "points vanish", "sure", "yes")
                        .location())
                .isEqualTo("/stop");
        assertThat(column("select name from stop where stopped_by = 'stan' and lifted_at is null"))
                .containsExactly("other-till");
        assertThat(stan.get("/stop").body()).contains("connection other-till", "points vanish", "Lift");
        assertThat(stan.get("/").body()).contains("Stopped by stan less than a minute ago: connection other-till.");
        stan.post("/stop/lift", "what", "connection:other-till", "reason", "found it");
        assertThat(column("select lifted_by from stop where stopped_by = 'stan'"))
                .containsExactly("stan");
        assertThat(stan.get("/").body()).doesNotContain("Stopped by stan");
        assertThat(column("select note from audit where actor = 'stan' and action like 'stop%' order by audit_id"))
                .containsExactly("points vanish", "found it");
    }

    @Test
    @Flow("page/connections")
    void a_connection_is_shown_and_a_key_of_it_works_until_it_is_ended() {
        Visitor dee = signedIn("dee");
        assertThat(dee.get("/connections").body()).contains("other-till");
        Matcher shown = Pattern.compile("id=\"once\" class=\"mono\" value=\"([^\"]+)\"")
                .matcher(dee.post("/connections/other-till/keys", "do", "add").body());
        assertThat(shown.find()).isTrue();
        String key = shown.group(1);
        assertThat(shop.get(key, "/api/v1/consent-text").status()).isEqualTo(200);
        dee.post("/connections/other-till/keys", "do", "revoke", "id", key.split("_")[1]);
        assertThat(shop.get(key, "/api/v1/consent-text").status()).isEqualTo(401);
    }

    @Test
    @Flow("page/activity")
    void what_happened_is_counted_and_told() {
        String redemption = executed(customer(), "t-activity");
        Visitor eve = signedIn("eve");
        assertThat(eve.get("/activity").status()).isEqualTo(200);
        assertThat(eve.get("/activity/redemptions").body()).contains(redemption);
        assertThat(eve.get("/activity/redemptions/" + redemption).body()).contains("t-activity");
        assertThat(eve.get("/activity/redemptions.csv").body()).contains("t-activity");
    }

    @Test
    @Flow("page/you")
    void a_person_sees_where_they_are_signed_in_and_ends_it_there() {
        Visitor hal = signedIn("hal");
        Visitor elsewhere = new Visitor(shop.bridge);
        elsewhere.signsIn("hal", Visitor.PASSWORD);
        assertThat(hal.get("/you").body()).contains("This one", "Sign out everywhere else");
        hal.post("/you/sessions", "session", "others");
        assertThat(elsewhere.get("/you").location()).startsWith("/sign-in");
        assertThat(hal.get("/you").body()).contains("This one").doesNotContain("Sign out everywhere else");
    }

    @Test
    @Flow("page/users")
    void an_owner_invites_somebody_by_a_link_that_works_once() {
        Visitor ida = signedIn("ida");
        Matcher link = Pattern.compile("/first-password#([A-Z0-9-]+)\"")
                .matcher(ida.post("/users", "do", "invite", "user", "joe", "role", "viewer")
                        .body());
        assertThat(link.find()).isTrue();
        Visitor joe = new Visitor(shop.bridge);
        assertThat(joe.setsPassword(link.group(1)).location()).isEqualTo("/");
        assertThat(joe.get("/activity").status()).isEqualTo(200);
        assertThat(joe.get("/accounts").status()).isEqualTo(403);
        assertThat(new Visitor(shop.bridge).setsPassword(link.group(1)).status())
                .isEqualTo(422);
    }

    @Test
    @Flow("page/audit")
    void who_signed_in_is_read_in_the_audit() {
        Visitor gus = signedIn("gus");
        assertThat(gus.get("/audit?who=gus").body()).contains("page password set");
        assertThat(gus.get("/audit.csv?who=gus").body()).contains("gus,page-password-set,gus");
    }

    @Test
    @Flow("page/decide")
    void what_a_person_decides_is_done_once_and_written_down() {
        Shop.Answer noted = chooses(shop.key, session(shop.key, customer()), "decide");
        for (String sale : List.of("t-decide-1", "t-decide-2")) {
            shop.rings(sale, null, 42.5);
            shop.till.update("update sale set note = ? where id = ?", noted.text("note"), sale);
        }
        shop.poll();
        String redemption = noted.text("redemptionId");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        Visitor fay = signedIn("fay");
        String decide = "/activity/redemptions/" + redemption + "/decide";
        assertThat(fay.post(decide, "decision", "release", "note", "two sales, no discount")
                        .location())
                .isEqualTo("/activity/redemptions/" + redemption);
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        assertThat(fay.post(decide, "decision", "release", "note", "a second click")
                        .status())
                .isEqualTo(422);
        assertThat(column("select note from audit where actor = 'fay' and subject = ?", redemption))
                .containsExactly("two sales, no discount");
    }
}
