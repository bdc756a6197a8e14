package aiqbridge.wallet;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.api.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How often codes may be sent and tried, and customers signed up and asked about (routes/README.md section 5); the counts are rows, so a restart forgets none. */
public final class WalletLimits {
    private static final String CODE_MINUTE = "code-minute";
    private final Clock clock;
    private final int codesPerConnection;
    private final int signUpsPerConnection;
    private final int statusPerConnection;

    public WalletLimits(Settings settings, Clock clock) {
        this.clock = clock;
        this.codesPerConnection = settings.number("wallet.codes-per-connection-and-hour");
        this.statusPerConnection = settings.number("customer.status-per-connection-and-hour");
        this.signUpsPerConnection = settings.number("customer.sign-ups-per-connection-and-hour");
    }

    /**
     * For whom the limits count.
     *
     * @param subjects hashes of each phone and e-mail
     */
    public record Counted(String connection, Set<String> subjects) {}

    /**
     * Everybody for whom an ask counts: each phone and e-mail it names, and those under which the account knows the same customer, so that
     * nobody gets twice as much by naming now the one, now the other.
     *
     * @param known of the contacts who have one of these
     */
    public Counted counted(AboutCustomer ask, List<Identities> known) {
        Customer customer = ask.customer();
        Set<String> subjects = new HashSet<>(Arrays.asList(customer.phoneHash(), customer.emailHash()));
        for (Identities contact : known) {
            subjects.add(Identity.hash(customer.accountId(), contact.phone()));
            subjects.add(Identity.hash(customer.accountId(), contact.email()));
        }
        subjects.remove(null);
        return new Counted(customer.connection(), subjects);
    }

    public List<Limit> forCode(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        for (String subject : ask.subjects()) {
            limits.add(limit(CODE_MINUTE, subject, Duration.ofMinutes(1), 1));
            limits.add(limit("code-hour", subject, Duration.ofHours(1), 5));
        }
        limits.add(limit("code-connection", ask.connection(), Duration.ofHours(1), codesPerConnection));
        return limits;
    }

    public List<Limit> forTry(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        for (String subject : ask.subjects()) {
            limits.add(limit("try-channel", ask.connection() + "|" + subject, Duration.ofMinutes(15), 5));
            limits.add(limit("try-day", subject, Duration.ofDays(1), 20));
        }
        return limits;
    }

    /** Without a code anyone who holds a caller's key could walk through phone numbers. */
    public List<Limit> forOpening(AboutCustomer ask) {
        return List.of(limit("open-connection", ask.customer().connection(), Duration.ofHours(1), codesPerConnection));
    }

    public List<Limit> forSignUp(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        limits.add(limit("sign-up-connection", ask.connection(), Duration.ofHours(1), signUpsPerConnection));
        for (String subject : ask.subjects()) {
            limits.add(limit("sign-up-customer", subject, Duration.ofHours(1), 5));
        }
        return limits;
    }

    /** Else a caller's key would tell for any number of phones whether they are a member's. */
    public List<Limit> forStatus(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        limits.add(limit("status-connection", ask.connection(), Duration.ofHours(1), statusPerConnection));
        for (String subject : ask.subjects()) {
            limits.add(limit("status-customer", subject, Duration.ofHours(1), 30));
        }
        return limits;
    }

    /**
     * @param used what the statement counted, nothing when it granted nothing
     * @throws Problem 429 then
     */
    public void granted(List<Integer> used, Limit limit) {
        if (used.isEmpty()) {
            throw new Problem(429, "too-many", "Too many attempts. Wait before trying again.")
                    .after(Duration.ofMillis(Math.min(limit.windowMs(), 900_000)));
        }
    }

    /**
     * What is given back of what was counted for a call to AIQ: everything where it certainly never left, so that nobody is locked out by an AIQ that cannot be
     * reached; the minute between two codes where it is not known whether one went out, for the customer may have none. Codes in an hour and tries of a code
     * stay counted then: an unclear answer to a wrong code, and a whole one to the right one, would else let a code be guessed.
     */
    public List<Limit> back(List<Limit> taken, AiqAnswer answer) {
        return switch (answer.outcome()) {
            case DONE, NOT_FOUND, REFUSED -> List.of();
            default ->
                taken.stream()
                        .filter(limit -> answer.neverLeft() || limit.scope().equals(CODE_MINUTE))
                        .toList();
        };
    }

    private Limit limit(String scope, String subject, Duration window, int most) {
        return new Limit(scope, subject, clock.millis(), window.toMillis(), most);
    }
}
