package aiqbridge.page;

import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who may sign in: owners invite people by a link, give them a role, reset and remove them. */
public final class UsersPage {
    private final PageUsers users;
    private final AuditLog audit;
    private final String address;
    private final Clock clock;

    /** @param address under which people reach the page */
    UsersPage(PageUsers users, AuditLog audit, String address, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.address = address;
        this.clock = clock;
    }

    public Page list(PageRequest request) {
        return page(request, "");
    }

    private Page page(PageRequest request, String wrong) {
        List<User> all = users.all().stream()
                .map(u -> new User(
                        (String) u.get("user_name"),
                        Role.of((String) u.get("role")).orElse(null),
                        Ago.of(u.get("created_at"), clock.millis()),
                        ((Number) u.get("can_sign_in")).intValue() == 1,
                        ((Number) u.get("second_factor")).intValue() == 1,
                        u.get("user_name").equals(request.user())))
                .toList();
        Map<String, Object> model = Map.of("users", all, "name", request.field("user"), "wrong", wrong);
        return wrong.isEmpty() ? Page.of("users", model) : Page.wrong("users", model);
    }

    /** Field {@code do}: invite, role, reset, reset-factor or remove; nobody changes themselves here, so that an owner is left. */
    public Page change(PageRequest request) {
        String user = request.field("user").toLowerCase(Locale.ROOT), what = request.field("do");
        if (user.equals(request.user())) {
            return page(request, "You cannot change yourself here; another owner can.");
        }
        if (!what.equals("invite") && users.role(user).isEmpty()) {
            throw PageProblem.notFound();
        }
        return switch (what) {
            case "invite" -> invite(request, user);
            case "role" -> role(request, user);
            case "reset" ->
                link(
                        request,
                        "page-user-reset",
                        user,
                        null,
                        users.reset(user, false).orElseThrow());
            case "reset-factor" ->
                link(
                        request,
                        "page-user-reset",
                        user,
                        "with the second factor",
                        users.reset(user, true).orElseThrow());
            case "remove" -> remove(request, user);
            default -> throw PageProblem.notFound();
        };
    }

    private Page invite(PageRequest request, String user) {
        if (users.role(user).isPresent()) {
            return page(request, "There is already a user with this name.");
        }
        Role role = chosen(request);
        try {
            return link(request, "page-user-add", user, role.word(), users.add(user, role));
        } catch (StartRefused refused) {
            return page(request, refused.getMessage().replace("\n  Hint:", ""));
        }
    }

    private Page role(PageRequest request, String user) {
        Role role = chosen(request);
        users.changeRole(user, role);
        audit.record(request.user(), "page-user-role", user, role.word());
        return Page.to("/users").saying(user + " is " + role.word() + " from now on.");
    }

    private Page remove(PageRequest request, String user) {
        users.remove(user);
        audit.record(request.user(), "page-user-remove", user, null);
        return Page.to("/users").saying(user + " is removed and signed out.");
    }

    private static Role chosen(PageRequest request) {
        return Role.of(request.field("role"))
                .orElseThrow(() -> new PageProblem(422, "Choose what this person may do."));
    }

    private Page link(PageRequest request, String action, String user, String note, String code) {
        audit.record(request.user(), action, user, note);
        return Page.of(
                "once",
                Map.of(
                        "title",
                        "A link for " + user,
                        "secret",
                        PageUsers.link(address, code),
                        "hint",
                        "Give it to " + user
                                + " alone: whoever opens it first sets the password. It works once and ends after a day. Without the link: "
                                + address + "/first-password and the code behind the # sign.",
                        "back",
                        "/users"));
    }

    /** @param you the one who looks */
    public record User(String name, Role role, String since, boolean canSignIn, boolean secondFactor, boolean you) {}
}
