package aiqbridge.wallet;

import aiqbridge.NewsOnly;
import aiqbridge.api.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many wrong codes a connection may try (routes/README.md section 5.1). Wrong is what no right one of the same connection follows while the code lives. Who has tried too many waits: the connection, never the
 * customer, who goes on elsewhere.
 */
public final class WrongCodes {
    /** Codes of AIQ: one try in so many is right. */
    public static final int CODES = 10_000;

    public static final int A_DAY_AT_ONE = 10;
    public static final int A_MONTH_AT_ONE = 30;
    public static final int A_MONTH = 100;
    public static final Duration SLOWED_TO = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Logger LOG = LoggerFactory.getLogger(WrongCodes.class);
    private final Clock clock;
    private final NewsOnly said;

    public WrongCodes(Clock clock) {
        this.clock = clock;
        this.said = new NewsOnly(clock);
    }

    /** @param sentAt when the code went out that is tried now */
    public CodeTry of(AboutCustomer ask, WalletLimits.Counted counted, long sentAt) {
        return new CodeTry(
                ask.customer(),
                UUID.randomUUID().toString(),
                counted.subjects(),
                sentAt,
                clock.millis(),
                A_MONTH_AT_ONE,
                A_MONTH);
    }

    /**
     * @param wrong the connection's, the newest first
     * @throws Problem 429 while it may not try, with the time after which it may
     */
    public CodeTry allowed(CodeTry code, List<WrongCode> wrong) {
        long customerFrom = atOneFrom(wrong.stream()
                .filter(one -> code.subjects().contains(one.subject()))
                .toList());
        long slowedUntil = Math.max(
                from(wrong, A_MONTH, MONTH),
                wrong.stream().collect(Collectors.groupingBy(WrongCode::subject)).values().stream()
                        .mapToLong(WrongCodes::atOneFrom)
                        .max()
                        .orElse(0));
        long from = slowedUntil <= code.now()
                ? customerFrom
                : Math.max(customerFrom, Math.min(slowedUntil, wrong.get(0).triedAt() + SLOWED_TO.toMillis()));
        if (slowedUntil > code.now() && said.is(code.customer().connection())) {
            LOG.warn(
                    "{}: more wrong codes are tried than people mistype; it may try one a minute",
                    code.customer().connection());
        }
        if (from > code.now()) {
            throw new Problem(
                            429,
                            "too-many",
                            "Too many wrong codes were tried here. Wait before trying again; elsewhere the customer can go on.")
                    .after(Duration.ofMillis(from - code.now()));
        }
        return code;
    }

    /** When the next may be tried at this customer. */
    private static long atOneFrom(List<WrongCode> wrong) {
        return Math.max(from(wrong, A_DAY_AT_ONE, DAY), from(wrong, A_MONTH_AT_ONE, MONTH));
    }

    /** When there are fewer than so many in that time. */
    private static long from(List<WrongCode> wrong, int most, Duration time) {
        return wrong.size() < most ? 0 : wrong.get(most - 1).triedAt() + time.toMillis();
    }

    /**
     * How many wrong codes a connection tried.
     *
     * @param day      in the last day, {@code month} in the last thirty
     * @param mostDay  of them at one customer, as is {@code mostMonth}
     */
    public record Tried(String accountId, String connection, long day, long month, long mostDay, long mostMonth) {
        /** Whether it tries one a minute at present. */
        public boolean slowed() {
            return month >= A_MONTH || mostDay >= A_DAY_AT_ONE || mostMonth >= A_MONTH_AT_ONE;
        }
    }
}
