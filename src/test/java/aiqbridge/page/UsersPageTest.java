package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners invite, change and remove people; everybody sees and ends their own sessions. */
class UsersPageTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor owner;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute());
        owner = Visitor.signedIn(shop.bridge);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String code(Visitor.Answer answer) {
        Matcher link = Pattern.compile("value=\"http://[^\"]+/first-password#([A-Z0-9-]{23})\"")
                .matcher(answer.body());
        assertThat(link.find()).as(answer.body()).isTrue();
        return link.group(1);
    }

    private Visitor.Answer does(String what, String user, String... more) {
        String[] fields = new String[4 + more.length];
        System.arraycopy(new String[] {"do", what, "user", user}, 0, fields, 0, 4);
        System.arraycopy(more, 0, fields, 4, more.length);
        return owner.post("/users", fields);
    }

    @Test
    void somebody_invited_sets_a_password_by_the_link_once_and_is_what_the_owner_said() {
        String code = code(does("invite", "kim.lee", "role", "manager"));
        assertThat(owner.get("/users").body()).contains("kim.lee", "Invited");
        Visitor kim = new Visitor(shop.bridge);
        assertThat(kim.setsPassword(code).location()).isEqualTo("/");
        assertThat(kim.get("/activity/look").status()).isEqualTo(200);
        assertThat(kim.get("/users").status()).isEqualTo(403);
        assertThat(new Visitor(shop.bridge).setsPassword(code).status()).isEqualTo(422);
        assertThat(does("role", "kim.lee", "role", "viewer").location()).isEqualTo("/users");
        assertThat(kim.get("/activity/look").status()).isEqualTo(403);
        code(does("reset", "kim.lee"));
        assertThat(kim.get("/").location()).startsWith("/sign-in");
        assertThat(does("remove", "kim.lee").location()).isEqualTo("/users");
        assertThat(owner.get("/users").body()).contains("kim.lee is removed").doesNotContain(">kim.lee<");
        assertThat(shop.bridge.rows.queryForList(
                        "select actor || ' ' || action || coalesce(' ' || note, '') from audit where subject = 'kim.lee' order by audit_id",
                        String.class))
                .contains(
                        "admin page-user-add manager",
                        "admin page-user-role viewer",
                        "admin page-user-reset",
                        "admin page-user-remove");
        assertThat(shop.bridge.rows.queryForList("select * from audit").toString())
                .doesNotContain(code);
    }

    @Test
    void an_owner_does_not_lock_everybody_out_and_what_is_not_sensible_is_said() {
        for (String what : List.of("role", "reset", "remove", "invite")) {
            assertThat(does(what, "admin", "role", "viewer").body())
                    .as(what)
                    .contains("You cannot change yourself here");
        }
        assertThat(owner.get("/users").status()).isEqualTo(200);
        assertThat(does("invite", "Kim Lee", "role", "viewer").body()).contains("is invalid");
        assertThat(does("invite", "kim", "role", "king").status()).isEqualTo(422);
        assertThat(does("remove", "nobody").status()).isEqualTo(404);
        does("invite", "kim", "role", "viewer");
        assertThat(does("invite", "kim", "role", "owner").body()).contains("already a user with this name");
        shop.passes(Duration.ofMinutes(16));
        assertThat(owner.get("/users").location())
                .as("a while after the password")
                .startsWith("/confirm");
        assertThat(does("invite", "eve", "role", "owner").location()).startsWith("/confirm");
    }

    @Test
    void while_no_owner_can_sign_in_the_start_makes_a_code_for_one() {
        PageUsers users = shop.bridge.bridge().pageUsers();
        assertThat(users.firstCode()).isEmpty();
        users.changeRole("admin", Role.MANAGER);
        assertThat(users.firstCode()).isPresent();
        assertThat(users.role("admin")).contains(Role.OWNER);
    }

    @Test
    void everybody_sees_where_they_are_signed_in_and_ends_one_or_all_others() {
        Visitor vera = Visitor.signedIn(shop.bridge, "vera", Role.VIEWER);
        Visitor phone = new Visitor(shop.bridge), desk = new Visitor(shop.bridge);
        shop.passes(Duration.ofMinutes(10));
        phone.signsIn("vera", Visitor.PASSWORD);
        desk.signsIn("vera", Visitor.PASSWORD);
        String body = vera.get("/you").body();
        assertThat(body).contains("viewer", "127.0.0.1", "10 minutes ago", "This one");
        List<String> ids = Pattern.compile("name=\"session\" value=\"([0-9a-f]{16})\"")
                .matcher(body)
                .results()
                .map(r -> r.group(1))
                .toList();
        assertThat(ids).hasSize(2);
        assertThat(owner.post("/you/sessions", "session", ids.get(0)).status())
                .as("another person's")
                .isEqualTo(404);
        assertThat(vera.post("/you/sessions", "session", ids.get(0)).location()).isEqualTo("/you");
        assertThat(List.of(phone.get("/").status(), desk.get("/").status())).containsExactlyInAnyOrder(200, 303);
        vera.post("/you/sessions", "session", "others");
        assertThat(List.of(phone.get("/").status(), desk.get("/").status())).containsExactly(303, 303);
        assertThat(vera.get("/").status()).isEqualTo(200);
        assertThat(owner.get("/").status()).isEqualTo(200);
    }
}
