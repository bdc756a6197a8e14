package aiqbridge.firstcontact;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.account.Account;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Nobody;
import aiqbridge.aiq.Priority;
import aiqbridge.audit.AuditLog;
import aiqbridge.privacy.ApiKey;
import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Masked;
import aiqbridge.privacy.Phone;
import aiqbridge.wallet.Identity;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The check itself: with one test customer and one cheap reward, each thing is asked for after it was said what is sent, and nothing that changes anything at
 * AIQ goes without a yes. What was found is kept, so that it can be stopped anywhere and gone on with.
 */
public final class FirstContact {
    private static final int MOST_AT_ONCE = 20;
    private static final List<String> NAMES = List.of("firstName", "lastName", "name", "fullName");
    private final Account account;
    private final Dialogue person;
    private final Clock clock;
    private final Settings settings;
    private final FirstContacts contacts;
    private final Function<Settings, Bridge> opens;

    /**
     * @param store where what was found is kept
     * @param opens a bridge without doors under such settings
     */
    public FirstContact(
            Account account,
            Settings settings,
            Dialogue person,
            Clock clock,
            DataSource store,
            Function<Settings, Bridge> opens) {
        this.account = account;
        this.person = person;
        this.clock = clock;
        this.settings = settings;
        this.contacts = new FirstContacts(store, clock);
        this.opens = opens;
    }

    /**
     * @param report where what can be sent to AIQ is written; it names no customer
     * @return whether the account has been through it
     */
    public boolean run(Path report) {
        boolean through = false;
        Progress progress = contacts.progress(account.accountId());
        Summary summary = new Summary(account, settings.text("aiq.base-url"), progress, clock);
        try (Line aiq = new Line(settings, progress.settings, opens, clock)) {
            Sitting sitting =
                    new Sitting(account, person, aiq, progress, () -> contacts.keep(account.accountId(), progress));
            steps(sitting);
            summary.unseen();
            sitting.keep();
            summary.print(person);
            through = progress.trial != null && progress.trial.sentAt > 0 && !progress.trial.open();
            if (through) {
                contacts.finished(account.accountId(), AuditLog.operator(), summary.counts());
            } else {
                person.say("Nothing was redeemed: the account has not been through the check yet.");
            }
        } catch (Dialogue.Stopped e) {
            person.say("");
            person.say(e.getMessage());
            person.say("Stopped. What was found is kept: aiq-bridge aiq-check " + account.accountId()
                    + " goes on from here.");
            summary.printOpen(person);
        }
        summary.write(report);
        person.say("Report for AIQ, without a customer's data: " + report);
        return through;
    }

    private void steps(Sitting sitting) {
        sitting.step("stores", "Key and UID: the account's stores are read.", () -> stores(sitting));
        Asks.Customer customer = customer(sitting);
        Wallets wallets = new Wallets(sitting, customer);
        sitting.step("wallet", "The test customer's wallet.", wallets::look);
        sitting.step("nobody", "Somebody AIQ does not know.", () -> nobody(sitting, customer));
        sitting.step("code", "A code, as customers get it.", () -> code(sitting, customer));
        sitting.step("sign-up", "A new member.", () -> signUp(sitting));
        new TrialRedemption(sitting, customer, wallets, clock).steps();
        sitting.step("cart", "An abandoned cart.", () -> cart(sitting, customer));
        sitting.step("limit", "The rate limit.", () -> limit(sitting));
        sitting.step("clock", "AIQ's clock.", () -> clock(sitting));
    }

    private void stores(Sitting s) {
        Heard stores = s.callAtItsPath("stores", () -> new AiqAsk.OfAccount(account.accountId(), Priority.PERSON));
        if (!stores.good()) {
            throw new Dialogue.Stopped("AIQ does not show the stores (" + status(stores) + "). Is the UID "
                    + account.uid() + " right, and the key? aiq-bridge accounts add enters both again.");
        }
        person.say("  AIQ knows key and UID.");
        Account wrong = new Account(
                "aiq-check",
                account.brand(),
                account.uid(),
                new ApiKey("wrong-" + clock.millis()),
                account.country(),
                account.zone());
        Heard refused = s.call("stores", new AiqAsk.OfEntered(wrong));
        if (refused.status() == 401 || refused.status() == 403) {
            s.confirmed(Point.WRONG_KEY, "a wrong key is answered with " + refused.status());
        } else {
            s.differs(
                    Point.WRONG_KEY,
                    "a wrong key is answered with " + status(refused)
                            + ": the bridge cannot tell it from a fault; tell AIQ");
        }
        envelope(s, refused);
    }

    private static void envelope(Sitting s, Heard failed) {
        if (failed.inEnvelope()) {
            s.confirmed(Point.ENVELOPE, "seen with " + failed.status());
        } else if (failed.status() >= 400) {
            s.differs(
                    Point.ENVELOPE,
                    failed.status() + " came without it: what such an answer says is then not understood");
        }
    }

    private void nobody(Sitting s, Asks.Customer customer) {
        person.say("  A phone that certainly is nobody's, for example one of a range that is kept for films.");
        Phone phone = phone(s, "  Phone number of nobody").orElse(null);
        if (phone == null) {
            s.notSeen(Point.NOBODY, "not asked");
            s.notSeen(Point.LOOKUP_NOBODY, "not asked");
            return;
        }
        Asks.Customer nobody = new Asks.Customer(account.accountId(), phone, null);
        Heard lookup = s.call("lookup", nobody);
        Optional<Nobody> word = Nobody.of(lookup.status(), lookup.json(), s.aiq.setting("aiq.contact-id-field"));
        Heard theirs = s.call("lookup", customer);
        if (word.isPresent()
                && word.equals(Nobody.of(theirs.status(), theirs.json(), s.aiq.setting("aiq.contact-id-field")))) {
            s.differs(
                    Point.LOOKUP_NOBODY,
                    "the test customer is answered like nobody (" + word.get().word()
                            + "): no look-up tells them apart. Ask AIQ before anybody signs up");
        } else if (word.isEmpty()) {
            s.differs(
                    Point.LOOKUP_NOBODY,
                    status(lookup)
                            + " does not tell nobody from somebody: a new member's wallet stays shut without a code. Ask AIQ");
        } else if (List.of(s.aiq.setting("aiq.lookup-not-found").split("\\s*,\\s*"))
                .contains(word.get().word())) {
            s.confirmed(Point.LOOKUP_NOBODY, word.get().word());
        } else {
            s.differs(Point.LOOKUP_NOBODY, "nobody is " + word.get().word());
            s.set("aiq.lookup-not-found", word.get().word());
        }
        Heard wallet = s.call("wallet", nobody);
        boolean known = wallet.status() == 400
                || wallet.status() == 404
                || wallet.good() && wallet.data().isNull();
        if (known) {
            s.confirmed(Point.NOBODY, "answered with " + wallet.status());
        } else {
            s.differs(
                    Point.NOBODY,
                    "answered with " + wallet.status() + " and "
                            + (wallet.json() == null ? "no JSON" : Fields.shape(wallet.data()))
                            + ": callers hear of a wallet that has nothing in it");
        }
    }

    /** The test customer, asked for again in each sitting: who it is, is kept nowhere. */
    private Asks.Customer customer(Sitting s) {
        while (true) {
            person.say("");
            person.say("— The test customer: a contact in AIQ that is yours, with points for one cheap reward.");
            Phone phone = phone(s, "  Its phone number").orElse(null);
            Email email = phone != null
                    ? null
                    : Identity.email(person.ask("  Its e-mail")).map(Email::new).orElse(null);
            if (phone == null && email == null) {
                person.say("  Neither a phone number nor an e-mail.");
                continue;
            }
            Asks.Customer customer = new Asks.Customer(account.accountId(), phone, email);
            Heard lookup = s.callAtItsPath("lookup", () -> customer);
            Heard wallet = s.callAtItsPath("wallet", () -> customer);
            if (!wallet.good() || !wallet.data().isObject()) {
                person.say("  AIQ shows no wallet for it (" + status(wallet) + ").");
                continue;
            }
            if (isIt(customer, lookup, wallet)) {
                lookedUp(s, lookup, wallet);
                return customer;
            }
            person.say("  Not confirmed; nothing was sent.");
        }
    }

    /** A real customer's number is quickly typed: the name that AIQ has, and the end of the number again. */
    private boolean isIt(Asks.Customer customer, Heard lookup, Heard wallet) {
        StringBuilder name = new StringBuilder();
        for (Heard heard : List.of(lookup, wallet)) {
            for (String field : NAMES) {
                String text = heard.data().path(field).asText("");
                if (!text.isBlank() && name.indexOf(text) < 0) {
                    name.append(name.isEmpty() ? "" : " ").append(text.strip());
                }
            }
        }
        person.say("  AIQ has " + (name.isEmpty() ? "somebody without a name in its answers" : "\"" + name + "\"")
                + ", " + Masked.customer(customer.phone(), customer.email())
                + ". Points will be taken from this contact.");
        String end = customer.phone() != null
                ? customer.phone().plain().substring(customer.phone().plain().length() - 4)
                : customer.email().plain();
        return person.ask("  If that is the test customer, type "
                        + (customer.phone() != null ? "the last four digits of its phone number" : "its e-mail")
                        + " again")
                .equalsIgnoreCase(end);
    }

    private void lookedUp(Sitting s, Heard lookup, Heard wallet) {
        if (s.progress.done.contains("wallet")) {
            return;
        }
        if (!lookup.good()) {
            s.differs(Point.LOOKUP, status(lookup) + " for a contact that AIQ knows");
            return;
        }
        JsonNode data = lookup.data();
        if (!data.isObject() || data.isEmpty()) {
            s.differs(Point.LOOKUP, "it names no contact and no membership; the bridge asks the wallet instead");
            return;
        }
        String member = s.aiq.setting("aiq.lookup-member-field");
        if (data.path(member).isBoolean()) {
            s.confirmed(Point.LOOKUP, "the field " + member + " says so");
        } else {
            List<String> flags = data.properties().stream()
                    .filter(f -> f.getValue().isBoolean() && f.getValue().booleanValue())
                    .map(Map.Entry::getKey)
                    .toList();
            Optional<String> named = flags.size() == 1
                    ? Optional.of(flags.get(0))
                    : flags.stream()
                            .filter(f -> f.matches("(?i).*(member|loyal|join|enrol).*"))
                            .findFirst();
            if (named.isPresent()) {
                s.differs(Point.LOOKUP, "whether it is a member stands in " + named.get());
                s.set("aiq.lookup-member-field", named.get());
            } else {
                s.differs(Point.LOOKUP, "nothing says whether it is a member; whoever AIQ knows counts as one");
            }
        }
    }

    private void code(Sitting s, Asks.Customer customer) {
        if (!person.yes(
                "  AIQ sends a code to " + Masked.customer(customer.phone(), customer.email()) + ". Send it?")) {
            s.notSeen(Point.CODE, "no code was sent");
            s.notSeen(Point.CODE_ONCE, "no code was sent");
            return;
        }
        Heard sent = s.callAtItsPath("verify", () -> customer);
        if (!sent.good()) {
            s.differs(Point.CODE, "no code was sent: " + status(sent));
            return;
        }
        String code = person.ask("  The code, once it is there; Enter if none comes");
        if (code.isEmpty()) {
            s.differs(Point.CODE, "AIQ answered " + sent.status() + " and no code came");
            return;
        }
        Asks.WithCode with = new Asks.WithCode(account.accountId(), customer.phone(), customer.email(), new Code(code));
        Heard view = s.callAtItsPath("view", () -> with);
        if (!view.good() || !view.data().isObject()) {
            s.differs(Point.CODE, "the code does not open the wallet: " + status(view));
            return;
        }
        s.confirmed(Point.CODE, "it came and opens the wallet; how long it lives was not tried");
        Heard again = s.call("view", with);
        if (again.status() >= 400 && again.status() < 500) {
            s.confirmed(Point.CODE_ONCE, "used again it is answered with " + again.status());
        } else if (again.good()) {
            s.differs(Point.CODE_ONCE, "it opened the wallet twice; the bridge uses each once");
        }
    }

    private void signUp(Sitting s) {
        if (!person.yes("  A new contact can be signed up, which stays in AIQ until you delete it there. Do it?")) {
            s.notSeen(Point.SIGN_UP, "nobody was signed up");
            s.notSeen(Point.SIGN_UP_EXISTING, "nobody was signed up");
            return;
        }
        Phone phone = phone(s, "  Phone number of the new contact, one that AIQ does not know")
                .orElse(null);
        if (phone == null) {
            s.notSeen(Point.SIGN_UP, "nobody was signed up");
            return;
        }
        Asks.Customer newcomer = new Asks.Customer(account.accountId(), phone, null);
        Heard before = s.call("lookup", newcomer);
        if (Nobody.of(before.status(), before.json(), s.aiq.setting("aiq.contact-id-field"))
                .isEmpty()) {
            person.say("  AIQ may know this number. It is left alone.");
            s.notSeen(Point.SIGN_UP, "the number may be a customer's");
            return;
        }
        Asks.Member member = new Asks.Member(account.accountId(), phone, null, "test", "Bridge", "Test", false, null);
        Heard first = s.callAtItsPath("sign-up", () -> member);
        if (!first.good()) {
            s.differs(
                    Point.SIGN_UP,
                    status(first) + ": perhaps AIQ wants more fields; they go into aiq.sign-up-further-fields");
            return;
        }
        if (first.data().path(s.aiq.setting("aiq.contact-id-field")).isValueNode()) {
            s.confirmed(Point.SIGN_UP, "a phone is enough, and the answer names the contact");
        } else {
            s.differs(Point.SIGN_UP, "the answer does not name the contact: its wallet stays shut without a code");
        }
        Heard second = s.call("sign-up", member);
        String known = s.aiq.setting("aiq.sign-up-existing-field");
        if (second.data().path(known).asBoolean(false)
                && !first.data().path(known).asBoolean(false)) {
            s.confirmed(Point.SIGN_UP_EXISTING, "the field " + known + " says so");
        } else {
            Optional<String> field = Fields.named(second.data(), value -> value.isBoolean() && value.booleanValue())
                    .filter(name -> !Sitting.at(first.data(), name).asBoolean(false));
            if (field.isPresent()) {
                s.differs(Point.SIGN_UP_EXISTING, "the field " + field.get() + " says so");
                s.set("aiq.sign-up-existing-field", field.get());
            } else {
                s.differs(Point.SIGN_UP_EXISTING, "the answer does not say so; the look-up before it does");
            }
        }
    }

    private void cart(Sitting s, Asks.Customer customer) {
        if (!person.yes("  A cart of the test customer is sent, and AIQ may remind it. Send it?")) {
            s.notSeen(Point.CART, "none was sent");
            return;
        }
        long now = clock.millis();
        AiqAsk.OfCart cart = new AiqAsk.OfCart(
                account.accountId(),
                Priority.PERSON,
                null,
                "aiq-check-" + now,
                "aiq-check",
                "test",
                customer.phone(),
                customer.email(),
                "https://example.com/cart",
                "USD",
                new BigDecimal("42.5"),
                "[{\"name\":\"Cup\",\"price\":21.25,\"quantity\":2}]",
                now,
                now);
        Heard sent = s.callAtItsPath("cart", () -> cart);
        if (!sent.good()) {
            s.differs(
                    Point.CART,
                    status(sent) + ": ask AIQ for the body, and change the left side of config/aiq-cart.jslt");
        } else if (person.yes("  AIQ took it. Does AIQ show an abandoned cart at the contact?")) {
            s.confirmed(Point.CART, "AIQ shows the cart");
        } else {
            s.differs(
                    Point.CART,
                    "answered with " + sent.status()
                            + " and not shown at the contact: ask AIQ for the body, and change config/aiq-cart.jslt");
        }
    }

    private void limit(Sitting s) {
        person.say("  Up to " + MOST_AT_ONCE + " harmless reads are sent at once, until AIQ refuses one. For a minute,"
                + " whatever else uses this key may be refused too.");
        if (!person.yes("  Read until AIQ refuses?")) {
            s.notSeen(Point.LIMIT, "not tried");
            s.notSeen(Point.LIMIT_SCOPE, "not tried");
            return;
        }
        int[] second = new int[1];
        AtomicInteger sent = new AtomicInteger();
        Heard[] refused = new Heard[1];
        s.aiq.under(Map.of("aiq.calls-per-second", "0", "aiq.calls-per-minute", "0", "aiq.calls-per-hour", "0"), () -> {
            while (refused[0] == null && sent.get() < MOST_AT_ONCE) {
                Heard read = s.aiq.call("stores", new AiqAsk.OfAccount(account.accountId(), Priority.PERSON));
                sent.incrementAndGet();
                refused[0] = read.good() ? null : read;
            }
            if (refused[0] != null && refused[0].status() == 503 && refused[0].retryAfter() == null) {
                second[0] = s.aiq.call("stores", new AiqAsk.OfAccount(account.accountId(), Priority.PERSON))
                        .status();
            }
        });
        if (refused[0] == null) {
            s.notSeen(Point.LIMIT, sent + " reads at once, and none was refused");
            return;
        }
        int status = refused[0].status();
        int again = second[0];
        List<String> known = List.of(s.aiq.setting("aiq.limiter-statuses").split("\\s*,\\s*"));
        if (known.contains(String.valueOf(status))) {
            s.confirmed(Point.LIMIT, status + " to read " + sent);
        } else if (status == 503 && (again == 503 || refused[0].retryAfter() != null) && later(s)) {
            s.differs(Point.LIMIT, status + " to read " + sent);
            s.addName("aiq.limiter-statuses", String.valueOf(status));
        } else if (status >= 400) {
            s.differs(
                    Point.LIMIT,
                    "read " + sent + " was answered with " + status
                            + ", which may be a fault as well: set nothing, and ask AIQ");
            return;
        } else {
            s.differs(Point.LIMIT, "read " + sent + " came back unreadable with status " + status);
        }
        if (refused[0].retryAfter() != null) {
            s.confirmed(
                    Point.LIMIT_SCOPE,
                    "Retry-After says " + refused[0].retryAfter() + "; whether the limits are per key was not tried");
        } else {
            s.differs(
                    Point.LIMIT_SCOPE,
                    "no Retry-After: the bridge waits aiq.pause; whether the limits are per key was not tried");
        }
        if (sent.get() <= settings.number("aiq.calls-per-second") && sent.get() > 1) {
            s.set("aiq.calls-per-second", String.valueOf(sent.get() - 1));
        }
    }

    /** A minute later the same read is answered. */
    private boolean later(Sitting s) {
        person.pause(Duration.ofSeconds(61));
        try {
            return s.aiq.call("stores", new AiqAsk.OfAccount(account.accountId(), Priority.PERSON))
                    .good();
        } catch (Dialogue.Stopped e) {
            return false;
        }
    }

    private void clock(Sitting s) {
        s.call("stores", new AiqAsk.OfAccount(account.accountId(), Priority.PERSON));
        Long offset = s.aiq.clockOffset(account.accountId());
        if (offset == null) {
            s.differs(Point.S, "AIQ's answers do not say, or not steadily, when they were made");
        } else {
            s.confirmed(
                    Point.S,
                    "AIQ's clock is " + Math.round(offset / 1_000.0)
                            + " s from this machine's, which the bridge takes into account");
        }
    }

    private Optional<Phone> phone(Sitting s, String question) {
        while (true) {
            String typed = person.ask(question + " (Enter for none)");
            if (typed.isEmpty()) {
                return Optional.empty();
            }
            Optional<Phone> phone = Identity.phone(typed, account.country()).map(Phone::new);
            if (phone.isPresent()) {
                return phone;
            }
            person.say("  That is no phone number in " + account.country() + ".");
        }
    }

    static String status(Heard heard) {
        return heard.status() == 0
                ? "no answer"
                : heard.json() == null ? heard.status() + " without JSON" : "status " + heard.status();
    }
}
