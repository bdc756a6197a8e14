package aiqbridge.wallet;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.api.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How often codes may be sent, and customers signed up and asked about (routes/README.md section 5); the counts are rows, so a restart forgets none. */
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
    public record Counted(String accountId, String connection, Set<String> subjects) {}

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
        return new Counted(customer.accountId(), customer.connection(), subjects);
    }

    public List<Limit> forCode(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        for (String subject : ask.subjects()) {
            limits.add(limit(CODE_MINUTE, subject, Duration.ofMinutes(1), 1));
        }
        anHour(limits, "code", ask, 3, 5);
        limits.add(limit("code-connection", ask.connection(), Duration.ofHours(1), codesPerConnection));
        return limits;
    }

    /** Without a code anyone who holds a caller's key could walk through phone numbers. */
    public List<Limit> forOpening(AboutCustomer ask) {
        return List.of(limit("open-connection", ask.customer().connection(), Duration.ofHours(1), codesPerConnection));
    }

    public List<Limit> forSignUp(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        limits.add(limit("sign-up-connection", ask.connection(), Duration.ofHours(1), signUpsPerConnection));
        anHour(limits, "sign-up", ask, 5, 8);
        return limits;
    }

    /** Else a caller's key would tell for any number of phones whether they are a member's. */
    public List<Limit> forStatus(Counted ask) {
        List<Limit> limits = new ArrayList<>();
        limits.add(limit("status-connection", ask.connection(), Duration.ofHours(1), statusPerConnection));
        anHour(limits, "status", ask, 30, 45);
        return limits;
    }

    /** What one connection leaves is for others: no key uses up what everybody may do for a customer. */
    private void anHour(List<Limit> limits, String scope, Counted ask, int ofConnection, int ofAll) {
        for (String subject : ask.subjects()) {
            limits.add(limit(scope + "-here", ask.connection() + "|" + subject, Duration.ofHours(1), ofConnection));
            limits.add(limit(scope + "-customer", subject, Duration.ofHours(1), ofAll));
        }
    }

    /**
     * @param waits how many milliseconds it takes until each limit grants one more
     * @throws Problem 429 where one does not now, with the time after which all do
     */
    public void granted(List<Long> waits) {
        long wait = Collections.max(waits);
        if (wait > 0) {
            throw new Problem(429, "too-many", "Too many attempts. Wait before trying again.")
                    .after(Duration.ofMillis(wait));
        }
    }

    /**
     * What is given back of what was counted for a call to AIQ: everything where it certainly never left, so that nobody is locked out by an AIQ that cannot be
     * reached; the minute between two codes where it is not known whether one went out, for the customer may have none. Codes in an hour stay counted then.
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
