package aiqbridge.wallet;

import aiqbridge.Settings;
import aiqbridge.api.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often codes may be sent and tried, and customers signed up and asked about (routes/README.md section 5); the counts are rows, so a restart forgets none. */
public final class WalletLimits {
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
     * The ask with everybody it counts for: each phone and e-mail it names, and those under which the account knows the same customer, so that
     * nobody gets twice as much by naming now the one, now the other.
     *
     * @param known phone and email of the contacts who have one of these
     */
    public Map<String, Object> counted(Map<String, Object> ask, List<Map<String, Object>> known) {
        Set<String> subjects =
                new HashSet<>(Arrays.asList((String) ask.get("phone_hash"), (String) ask.get("email_hash")));
        for (Map<String, Object> contact : known) {
            subjects.add(Identity.hash((String) ask.get("account_id"), contact.get("phone")));
            subjects.add(Identity.hash((String) ask.get("account_id"), contact.get("email")));
        }
        subjects.remove(null);
        ask.put("subjects", subjects);
        return ask;
    }

    public List<Map<String, Object>> forCode(Map<String, Object> ask) {
        List<Map<String, Object>> limits = new ArrayList<>();
        for (String subject : subjects(ask)) {
            limits.add(limit("code-minute", subject, Duration.ofMinutes(1), 1));
            limits.add(limit("code-hour", subject, Duration.ofHours(1), 5));
        }
        limits.add(limit("code-connection", ask.get("connection"), Duration.ofHours(1), codesPerConnection));
        return limits;
    }

    public List<Map<String, Object>> forTry(Map<String, Object> ask) {
        List<Map<String, Object>> limits = new ArrayList<>();
        for (String subject : subjects(ask)) {
            limits.add(limit("try-channel", ask.get("connection") + "|" + subject, Duration.ofMinutes(15), 5));
            limits.add(limit("try-day", subject, Duration.ofDays(1), 20));
        }
        return limits;
    }

    /** Without a code anyone who holds a caller's key could walk through phone numbers. */
    public List<Map<String, Object>> forOpening(Map<String, Object> ask) {
        return List.of(limit("open-connection", ask.get("connection"), Duration.ofHours(1), codesPerConnection));
    }

    public List<Map<String, Object>> forSignUp(Map<String, Object> ask) {
        List<Map<String, Object>> limits = new ArrayList<>();
        limits.add(limit("sign-up-connection", ask.get("connection"), Duration.ofHours(1), signUpsPerConnection));
        for (String subject : subjects(ask)) {
            limits.add(limit("sign-up-customer", subject, Duration.ofHours(1), 5));
        }
        return limits;
    }

    /** Else a caller's key would tell for any number of phones whether they are a member's. */
    public List<Map<String, Object>> forStatus(Map<String, Object> ask) {
        List<Map<String, Object>> limits = new ArrayList<>();
        limits.add(limit("status-connection", ask.get("connection"), Duration.ofHours(1), statusPerConnection));
        for (String subject : subjects(ask)) {
            limits.add(limit("status-customer", subject, Duration.ofHours(1), 30));
        }
        return limits;
    }

    /** @throws Problem 429 when the statement granted nothing */
    public void granted(List<Map<String, Object>> rows, Long windowMs) {
        if (rows.isEmpty()) {
            throw new Problem(429, "too-many", "Too many attempts. Wait before trying again.")
                    .after(Duration.ofMillis(Math.min(windowMs, 900_000)));
        }
    }

    @SuppressWarnings("unchecked")
    private static Set<String> subjects(Map<String, Object> ask) {
        return (Set<String>) ask.get("subjects");
    }

    private Map<String, Object> limit(String scope, Object subject, Duration window, int most) {
        Map<String, Object> limit = new HashMap<>();
        limit.put("scope", scope);
        limit.put("subject", subject);
        limit.put("now", clock.millis());
        limit.put("window_ms", window.toMillis());
        limit.put("most", most);
        return limit;
    }
}
