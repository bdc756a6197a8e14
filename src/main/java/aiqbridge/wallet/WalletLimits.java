package aiqbridge.wallet;

import aiqbridge.Settings;
import aiqbridge.api.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often codes may be sent and tried (design.md section 3, flows 1 and 2); the counts are rows, so a restart forgets none. */
public final class WalletLimits {
    private final Clock clock;
    private final int codesPerConnection;
    private final int signUpsPerConnection;

    public WalletLimits(Settings settings, Clock clock) {
        this.clock = clock;
        this.codesPerConnection = settings.number("wallet.codes-per-connection-and-hour");
        this.signUpsPerConnection = settings.number("customer.sign-ups-per-connection-and-hour");
    }

    public List<Map<String, Object>> forCode(Map<String, Object> ask) {
        return List.of(
            limit("code-minute", customer(ask), Duration.ofMinutes(1), 1),
            limit("code-hour", customer(ask), Duration.ofHours(1), 5),
            limit("code-connection", ask.get("connection"), Duration.ofHours(1), codesPerConnection));
    }

    public List<Map<String, Object>> forTry(Map<String, Object> ask) {
        return List.of(
            limit("try-channel", ask.get("connection") + "|" + customer(ask), Duration.ofMinutes(15), 5),
            limit("try-day", customer(ask), Duration.ofDays(1), 20));
    }

    /** Without a code anyone who holds a caller's key could walk through phone numbers. */
    public List<Map<String, Object>> forOpening(Map<String, Object> ask) {
        return List.of(limit("open-connection", ask.get("connection"), Duration.ofHours(1), codesPerConnection));
    }

    public List<Map<String, Object>> forSignUp(Map<String, Object> ask) {
        return List.of(
            limit("sign-up-customer", customer(ask), Duration.ofHours(1), 5),
            limit("sign-up-connection", ask.get("connection"), Duration.ofHours(1), signUpsPerConnection));
    }

    /** @throws Problem 429 when the statement granted nothing */
    public void granted(List<Map<String, Object>> rows, Long windowMs) {
        if (rows.isEmpty()) {
            throw new Problem(429, "too-many", "This was asked too often. Wait before the next try.").after(Duration.ofMillis(Math.min(windowMs, 900_000)));
        }
    }

    private static String customer(Map<String, Object> ask) {
        return (String) ask.get("subject_hash");
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
