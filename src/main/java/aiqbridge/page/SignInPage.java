package aiqbridge.page;

import aiqbridge.Sha256;
import aiqbridge.audit.AuditLog;
import aiqbridge.audit.RefusalLog;
import aiqbridge.wallet.Limit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Signing in and out, and the passwords. Nothing here tells whether a user exists. */
public final class SignInPage {
    private static final String REFUSED = "The user name or the password is wrong.";
    private final PageUsers users;
    private final Passwords passwords;
    private final SecondFactor factor;
    private final PageSessions sessions;
    private final AuditLog audit;
    private final RefusalLog refusals;
    private final JdbcTemplate store;
    private final Clock clock;

    public SignInPage(
            PageUsers users,
            SecondFactor factor,
            PageSessions sessions,
            AuditLog audit,
            RefusalLog refusals,
            DataSource store,
            Clock clock) {
        this.users = users;
        this.passwords = new Passwords(store);
        this.factor = factor;
        this.sessions = sessions;
        this.audit = audit;
        this.refusals = refusals;
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    public Page form(PageRequest request) {
        return request.session() != null
                ? Page.to("/")
                : Page.of("signin", Map.of("user", "", "then", PageDoor.local(request.parameter("then")), "wrong", ""));
    }

    /** Five tries from one address for one user; twenty for one user from anywhere, thirty from one address, in a quarter of an hour. */
    public List<Limit> limits(PageRequest request) {
        return limits(request, user(request));
    }

    /** The same where a signed-in user gives the password again. */
    public List<Limit> confirmLimits(PageRequest request) {
        return limits(request, request.user());
    }

    private List<Limit> limits(PageRequest request, String user) {
        return List.of(
                limit("sign-in", pair(user, request), 5),
                limit("sign-in-user", user, 20),
                limit("sign-in-address", request.address(), 30));
    }

    /** The last of these for one-time codes. */
    public List<Limit> addressLimit(PageRequest request) {
        return List.of(limit("sign-in-address", request.address(), 30));
    }

    public Page enter(PageRequest request) {
        String user = user(request);
        String then = PageDoor.local(request.field("then"));
        if (!users.check(user, request.form().getOrDefault("password", ""))) {
            refusals.refused(RefusalLog.somebodyAt(request.address()), "page-sign-in-refused", users.named(user));
            return Page.wrong("signin", Map.of("user", request.field("user"), "then", then, "wrong", REFUSED));
        }
        if (request.session() != null) {
            sessions.end(request.session());
        }
        if (factor.isSet(user)) {
            return codeDue(user, request, then);
        }
        forgetTries(user, request);
        audit.record(user, "page-sign-in", user, "from " + request.address());
        return Page.to(then).signedInWith(sessions.begin(user, request.address(), false));
    }

    private Page codeDue(String user, PageRequest request, String then) {
        return Page.to(PageSession.Due.CODE.page() + (then.equals("/") ? "" : "?then=" + then))
                .signedInWith(sessions.begin(user, request.address(), true));
    }

    public Page codeOfFactorForm(PageRequest request) {
        return request.session().due() != PageSession.Due.CODE
                ? Page.to("/")
                : Page.of("signincode", Map.of("then", PageDoor.local(request.parameter("then")), "wrong", ""));
    }

    /** As for passwords, and fifty tries a day for one user from anywhere: whoever has the password guesses one of a million codes, three of which are good. */
    public List<Limit> codeLimits(PageRequest request) {
        List<Limit> limits = new ArrayList<>(confirmLimits(request));
        limits.add(new Limit(
                "sign-in-code",
                Sha256.hex(request.user()),
                clock.millis(),
                Duration.ofDays(1).toMillis(),
                50));
        return limits;
    }

    /** The second factor after the password; the session after it is a new one. */
    public Page enterCode(PageRequest request) {
        String user = request.user(), then = PageDoor.local(request.field("then"));
        if (request.session().due() != PageSession.Due.CODE) {
            return Page.to("/");
        }
        if (!factor.check(user, request.field("code"))) {
            refusals.refused(RefusalLog.somebodyAt(request.address()), "page-factor-refused", user);
            return Page.wrong("signincode", Map.of("then", then, "wrong", "This code is wrong or was used already."));
        }
        forgetTries(user, request);
        sessions.end(request.session());
        audit.record(user, "page-sign-in", user, "from " + request.address() + ", with a second factor");
        return Page.to(then).signedInWith(sessions.begin(user, request.address(), false));
    }

    public Page leave(PageRequest request) {
        sessions.end(request.session());
        return Page.to("/sign-in").signedInWith("");
    }

    public Page codeForm(PageRequest request) {
        return Page.of("firstpassword", Map.of("wrong", ""));
    }

    /** A one-time code becomes a password, and its owner is signed in. */
    public Page setPassword(PageRequest request) {
        Optional<String> user = users.ofCode(request.field("code"));
        if (user.isEmpty()) {
            refusals.refused(RefusalLog.somebodyAt(request.address()), "page-code-refused", "unknown code");
        }
        String password = request.form().getOrDefault("password", "");
        String wrong = user.isEmpty()
                ? "This code is wrong or has expired. Whoever runs the bridge can create a new one."
                : passwords.wrong(user.get(), password, request.form().getOrDefault("again", ""));
        if (wrong != null || !users.setPassword(request.field("code"), user.get(), password)) {
            return Page.wrong(
                    "firstpassword", Map.of("wrong", wrong == null ? "This code has just been used." : wrong));
        }
        audit.record(user.get(), "page-password-set", user.get(), "from " + request.address());
        return factor.isSet(user.get())
                ? codeDue(user.get(), request, "/")
                : Page.to("/").signedInWith(sessions.begin(user.get(), request.address(), false));
    }

    public Page confirmForm(PageRequest request) {
        return Page.of("confirm", Map.of("then", PageDoor.local(request.parameter("then")), "wrong", ""));
    }

    /** The password once more, before something that matters. */
    public Page confirm(PageRequest request) {
        String then = PageDoor.local(request.field("then"));
        if (!users.check(request.user(), request.form().getOrDefault("password", ""))) {
            refusals.refused(request.user(), "page-confirm-refused", request.user());
            return Page.wrong("confirm", Map.of("then", then, "wrong", "The password is wrong."));
        }
        forgetTries(request.user(), request);
        sessions.confirm(request.session());
        return Page.to(then);
    }

    public Page passwordForm(PageRequest request) {
        return Page.of("password", Map.of("wrong", ""));
    }

    /** Who is signed in and gives the present password takes another one; wherever else they are signed in, they are so no longer. */
    public Page changePassword(PageRequest request) {
        String password = request.form().getOrDefault("password", "");
        if (!users.check(request.user(), request.form().getOrDefault("present", ""))) {
            refusals.refused(request.user(), "page-confirm-refused", request.user());
            return Page.wrong("password", Map.of("wrong", "Your current password is wrong."));
        }
        forgetTries(request.user(), request);
        String wrong = passwords.wrong(request.user(), password, request.form().getOrDefault("again", ""));
        if (wrong != null) {
            return Page.wrong("password", Map.of("wrong", wrong));
        }
        users.setPassword(request.user(), password);
        audit.record(request.user(), "page-password-change", request.user(), null);
        String token = sessions.begin(request.user(), request.address(), false);
        sessions.notice(
                sessions.find(token).orElseThrow(), "Your password is changed. You are signed out everywhere else.");
        return Page.to("/").signedInWith(token);
    }

    /** Of who has just shown that they know the password. */
    private void forgetTries(String user, PageRequest request) {
        store.update(
                "delete from request_limit where scope = 'sign-in' and subject = ?", Sha256.hex(pair(user, request)));
    }

    private static String user(PageRequest request) {
        return request.field("user").toLowerCase(Locale.ROOT);
    }

    private static String pair(String user, PageRequest request) {
        return user + " " + request.address();
    }

    /** As {@code limit-take} counts; whoever was named is kept as a hash. */
    private Limit limit(String scope, String subject, int most) {
        return new Limit(
                scope,
                Sha256.hex(subject),
                clock.millis(),
                Duration.ofMinutes(15).toMillis(),
                most);
    }
}
