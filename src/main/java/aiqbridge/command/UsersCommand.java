package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.page.PageDoor;
import aiqbridge.page.PageUsers;
import aiqbridge.page.Role;
import aiqbridge.store.Store;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description = "The people who may sign in to the page.",
        synopsisSubcommandLabel = "COMMAND")
public final class UsersCommand {
    private static final String NAME = "For example kim.lee.";

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Creates a one-time code with which this person sets a password.")
    int add(
            @Mixin Home home,
            @Parameters(paramLabel = "USER", description = NAME) String user,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "viewer, manager or owner; may be left out for a person who has one.")
                    String role) {
        say(
                home.settings(),
                user,
                with(home, "page-user-add", user, role, users -> {
                            Role given = role == null
                                    ? users.role(user)
                                            .orElseThrow(() -> new StartRefused(
                                                    "What may " + user + " do?", "Add --role: " + roles() + "."))
                                    : known(role);
                            return Optional.of(users.add(user, given));
                        })
                        .orElseThrow());
        return 0;
    }

    @Command(
            name = "role",
            mixinStandardHelpOptions = true,
            description = "Changes what this person may do, immediately.")
    int role(
            @Mixin Home home,
            @Parameters(paramLabel = "USER", description = NAME) String user,
            @Parameters(paramLabel = "ROLE", description = "viewer, manager or owner.") String role) {
        Role given = known(role);
        with(
                        home,
                        "page-user-role",
                        user,
                        role,
                        users -> users.changeRole(user, given) ? Optional.of("") : Optional.empty())
                .orElseThrow(() -> unknown(user));
        System.out.println(user + " is " + role + ": " + given.words() + ".");
        return 0;
    }

    private static Role known(String role) {
        return Role.of(role)
                .orElseThrow(() -> new StartRefused("There is no role " + role + ".", "There are: " + roles() + "."));
    }

    private static String roles() {
        return Stream.of(Role.values())
                .map(r -> r.word() + " (" + r.words() + ")")
                .collect(Collectors.joining(", "));
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description =
                    "Revokes this person's password and sessions immediately, and creates a one-time code for a new password.")
    int reset(
            @Mixin Home home,
            @Parameters(paramLabel = "USER", description = NAME) String user,
            @Option(
                            names = "--second-factor",
                            description = "Ends the second factor too, for somebody without app and recovery codes.")
                    boolean factorToo) {
        say(
                home.settings(),
                user,
                with(
                                home,
                                "page-user-reset",
                                user,
                                factorToo ? "with the second factor" : null,
                                users -> users.reset(user, factorToo))
                        .orElseThrow(() -> unknown(user)));
        return 0;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes this person, who is signed out immediately.")
    int remove(@Mixin Home home, @Parameters(paramLabel = "USER", description = NAME) String user) {
        with(home, "page-user-remove", user, null, users -> users.remove(user) ? Optional.of("") : Optional.empty())
                .orElseThrow(() -> unknown(user));
        System.out.println("The user " + user + " is removed.");
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them.")
    int list(@Mixin Home home) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            for (Map<String, Object> user : new PageUsers(store.source(), home.settings(), Clock.systemUTC()).all()) {
                System.out.printf(
                        "%-20s %-8s %s%s%n",
                        user.get("user_name"),
                        user.get("role"),
                        ((Number) user.get("can_sign_in")).intValue() == 1 ? "can sign in" : "has set no password yet",
                        ((Number) user.get("second_factor")).intValue() == 1 ? ", with a second factor" : "");
            }
        }
        return 0;
    }

    private static void say(Settings settings, String user, String code) {
        String address = PageDoor.address(settings);
        System.out.println("Give " + user + " this link, valid once and for "
                + settings.duration("page.code-life").toHours() + " h: " + PageUsers.link(address, code));
        System.out.println("Or the one-time code " + code + ", to be entered at " + address + "/first-password");
    }

    private static StartRefused unknown(String user) {
        return new StartRefused("There is no user " + user + ".", "aiq-bridge users list shows them.");
    }

    private static Optional<String> with(
            Home home, String action, String user, String note, Function<PageUsers, Optional<String>> work) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            Optional<String> done = work.apply(new PageUsers(store.source(), home.settings(), Clock.systemUTC()));
            if (done.isPresent()) {
                Operator.audited(store, action, user, note);
            }
            return done;
        }
    }
}
