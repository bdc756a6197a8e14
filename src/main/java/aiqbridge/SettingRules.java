package aiqbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What each setting may be: what stands here, else what the form of its shipped default says. */
final class SettingRules {
    /** @param takes what it may be, in words that follow "is not" */
    private record Rule(String takes, Predicate<String> good) {}

    private static final int LONGEST = 2_000;
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);
    private static final Pattern PATH_IN_URL = Pattern.compile(
            "/([\\w./~!$&'()*+,;=:@-]|\\{(uid|identity|contactId|discountId|redemptionId|start|end)})*");
    private static final String PAIR = "\\w+\\s*:\\s*[\\w.-]+";
    private static final String NAME = "[\\w.-]+";
    private static final Pattern NAMES = Pattern.compile(NAME + "(\\s*,\\s*" + NAME + ")*");

    private static final String HOST_OR_DOMAIN = "([.]?[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:]+])";

    static final Map<String, Set<String>> WORDS = Map.ofEntries(
            words("log.form", "text", "json"),
            words("aiq.reverse-method", "PUT", "POST", "DELETE"),
            words("aiq.report-times", "seconds", "milliseconds"),
            words("reversal.method", "reversal", "adjustment"),
            words("reversal.deleted", "park", "reverse"),
            words("reversal.partial", "ignore", "park"),
            words("page.forwarded-for", "on", "off"),
            words("page.second-factor", "optional", "owners", "everyone"),
            words("pos.mode", "observe", "live", "page"),
            words("pos.completion", "poll", "call", "both"),
            words("pos.pin", "required", "not-required"),
            words("pos.discount-seen", "redeem-and-flag", "park"),
            words("pos.write-back", "on", "off"),
            words("pos.requests", "on", "off"),
            words("storefront.model", "immediate", "paid", "informational"),
            words("storefront.pin", "required", "not-required"),
            words("storefront.carts", "on", "off"),
            words("storefront.consent", "in-event", "held-by-aiq"));

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("node.name", like("a name of letters, digits, dots and dashes", "[A-Za-z0-9._-]{1,100}")),
            Map.entry("http.host", host()),
            Map.entry("http.management-host", host()),
            Map.entry("http.port", number(1, 65_535)),
            Map.entry("http.management-port", number(1, 65_535)),
            Map.entry("http.workers", number(1, 1_000)),
            Map.entry("http.connections", number(10, 100_000)),
            // three quarters have to hold the largest webhook
            Map.entry("http.bodies-mib", number(2, 100_000)),
            Map.entry("health.disk-free-mib", number(0, Integer.MAX_VALUE)),
            Map.entry("traces.endpoint", optional(url())),
            Map.entry("store.url", new Rule("jdbc:sqlite:<file> or jdbc:postgresql://<host>/<database>", store())),
            Map.entry("store.pool", number(2, 1_000)),
            Map.entry("store.busy-timeout", duration(Duration.ofMillis(50), Duration.ofHours(1))),
            Map.entry("secrets.key-file", path()),
            Map.entry("stop.file", path()),
            Map.entry(
                    "network.proxy",
                    optional(new Rule("the address of a proxy, as http://proxy:3128 is", SettingRules::isProxy))),
            Map.entry(
                    "network.proxy-username",
                    optional(like("a user's name without a colon", "[!-9;-~\\u00a1-\\uffff]{1,200}"))),
            Map.entry(
                    "network.no-proxy",
                    optional(like(
                            "a list of hosts", "\\s*" + HOST_OR_DOMAIN + "(\\s*,\\s*" + HOST_OR_DOMAIN + ")*\\s*"))),
            Map.entry("network.ca-file", optional(path())),
            Map.entry("aiq.base-url", url()),
            Map.entry("aiq.calls-per-second", number(0, 1_000_000)),
            Map.entry("aiq.calls-per-minute", number(0, 1_000_000)),
            Map.entry("aiq.calls-per-hour", number(0, 1_000_000)),
            Map.entry("aiq.cart-template", path()),
            Map.entry("aiq.limiter-statuses", optional(like("a list of statuses", "[45]\\d\\d(\\s*,\\s*[45]\\d\\d)*"))),
            Map.entry(
                    "aiq.timeline-refund-types", like("a list of words with commas between", "[\\w .-]+(,[\\w .-]+)*")),
            Map.entry(
                    "aiq.answer-names",
                    optional(like(
                            "a list of known names with AIQ's own, as loyaltyPoints: balance",
                            PAIR + "(\\s*,\\s*" + PAIR + ")*"))),
            Map.entry("aiq.sign-up-further-fields", new Rule("a JSON object", SettingRules::isJsonObject)),
            Map.entry("redemption.workers", number(1, 256)),
            Map.entry("redemption.checkout-workers", number(1, 256)),
            Map.entry("redemption.resend-max", number(0, 100)),
            Map.entry("redemption.absence-is-enough", optional(names())),
            Map.entry("reversal.brake", number(0, 1_000_000)),
            Map.entry("reconcile.days", number(1, 366)),
            Map.entry("wallet.codes-per-connection-and-hour", number(0, 1_000_000)),
            Map.entry("customer.sign-ups-per-connection-and-hour", number(0, 1_000_000)),
            Map.entry("customer.status-per-connection-and-hour", number(0, 1_000_000)),
            Map.entry("customer.placeholder-phones", like("a list of phone numbers", "[0-9 +().,-]+")),
            Map.entry("customer.sign-up-link", new Rule(url().takes(), text -> url().good()
                    .test(text.replace("{uid}", "1")))),
            Map.entry("page.public-url", optional(url())),
            Map.entry("pos.connections", path()),
            Map.entry("pos.query-timeout", duration(Duration.ofSeconds(1), Duration.ofHours(1))),
            Map.entry("storefront.connections", path()),
            Map.entry("storefront.currency", optional(new Rule("a currency", SettingRules::isCurrency))),
            Map.entry("inbox.workers", number(1, 256)));

    /** Durations that nothing lives without. */
    private static final Pattern LIFE = Pattern.compile(
            "http\\..*|.*(-life|-idle|lease|round|-for)|(redemption|health|pos|storefront|cart)\\..*-after|cart\\.order-window");

    private static final Set<String> MAY_BE_NOTHING = Set.of("redemption.settle-after", "redemption.refused-for");

    private SettingRules() {}

    /** The settings as they are shipped. */
    static Properties shipped() {
        Properties shipped = new Properties();
        try (InputStream file = SettingRules.class.getResourceAsStream("/shipped/application.properties")) {
            shipped.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shipped;
    }

    /** What is wrong with these settings, in the order of their names. */
    static List<StartRefused> wrong(Properties values) {
        Properties shipped = shipped();
        List<StartRefused> wrong = new ArrayList<>();
        for (String key : new TreeSet<>(shipped.stringPropertyNames())) {
            String example = "For example: " + key + " = " + shipped.getProperty(key);
            if (!values.containsKey(key)) {
                wrong.add(new StartRefused(
                        "The setting " + key + " is missing in config/application.properties.",
                        "Copy its lines from the shipped config/application.properties. " + example));
            } else {
                why(key, values.getProperty(key).trim(), shipped.getProperty(key))
                        .ifPresent(sentence -> wrong.add(new StartRefused(sentence, example)));
            }
        }
        return wrong;
    }

    private static Optional<String> why(String key, String value, String shipped) {
        if (value.length() > LONGEST) {
            return Optional.of("The setting " + key + " is longer than " + LONGEST + " characters.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("The setting " + key + " holds a character that cannot be seen.");
        }
        if (value.contains("{{") || value.contains("}}")) {
            return Optional.of("The setting " + key + " holds {{ or }}, which only routes may.");
        }
        Rule rule = rule(key, shipped);
        return rule.good().test(value)
                ? Optional.empty()
                : Optional.of("The setting " + key + said(key, value) + " is not " + rule.takes() + ".");
    }

    /** An address may hold a password. */
    private static String said(String key, String value) {
        return value.isEmpty()
                        || value.length() > 60
                        || key.endsWith("url")
                        || key.endsWith("endpoint")
                        || key.startsWith("network.proxy")
                ? ""
                : " = " + value;
    }

    private static Rule rule(String key, String shipped) {
        if (WORDS.containsKey(key)) {
            return new Rule(String.join(" or ", WORDS.get(key)), WORDS.get(key)::contains);
        }
        if (RULES.containsKey(key)) {
            return RULES.get(key);
        }
        if (Settings.DURATION.matcher(shipped).matches()) {
            return key.endsWith("-every")
                    ? duration(Duration.ofMillis(100), Duration.ofDays(30))
                    : key.endsWith("-timeout") && !key.startsWith("http.")
                            ? duration(Duration.ofMillis(100), Duration.ofHours(1))
                            : duration(
                                    LIFE.matcher(key).matches() && !MAY_BE_NOTHING.contains(key)
                                            ? Duration.ofMillis(100)
                                            : Duration.ZERO,
                                    TEN_YEARS);
        }
        if (shipped.matches("\\d{1,9}")) {
            return number(1, 1_000_000);
        }
        if (shipped.matches("true|false")) {
            return like("true or false", "true|false");
        }
        if (key.startsWith("aiq.") && key.endsWith("-path")) {
            return new Rule("a path below AIQ's host, as /api/v2/cart is", PATH_IN_URL.asMatchPredicate());
        }
        if (key.startsWith("aiq.")) {
            return names();
        }
        return new Rule("a text", text -> !text.isBlank());
    }

    private static Map.Entry<String, Set<String>> words(String key, String... words) {
        return Map.entry(key, new LinkedHashSet<>(Arrays.asList(words)));
    }

    private static Rule like(String takes, String pattern) {
        return new Rule(takes, Pattern.compile(pattern).asMatchPredicate());
    }

    private static Rule names() {
        return new Rule("a list of names with commas between", NAMES.asMatchPredicate());
    }

    private static Rule host() {
        return like("a host or an address", "[A-Za-z0-9.:_-]{1,255}");
    }

    private static Rule optional(Rule rule) {
        return new Rule(
                rule.takes() + ", nor empty",
                text -> text.isEmpty() || rule.good().test(text));
    }

    private static Rule number(int least, int most) {
        return new Rule(
                "a whole number from " + least + " to " + most,
                text -> text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most);
    }

    private static Rule duration(Duration least, Duration most) {
        return new Rule(
                "a duration from " + Settings.text(least) + " to " + Settings.text(most)
                        + ", with a unit: ms, s, m, h or d",
                text -> Settings.durationOf(text)
                        .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0)
                        .isPresent());
    }

    private static Rule url() {
        return new Rule("an https address, or an http address of this machine", Settings::isUrl);
    }

    /** Its own user and password are settings of their own. */
    private static boolean isProxy(String text) {
        try {
            URI proxy = URI.create(text);
            return "http".equals(proxy.getScheme())
                    && proxy.getHost() != null
                    && proxy.getRawUserInfo() == null
                    && proxy.getPort() >= 1
                    && proxy.getPort() <= 65_535
                    && proxy.getRawPath().matches("/?")
                    && proxy.getRawQuery() == null
                    && proxy.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Rule path() {
        return new Rule(
                "a path of at most 400 characters", text -> !text.isEmpty() && text.length() <= 400 && isPath(text));
    }

    private static boolean isPath(String text) {
        try {
            Path.of(text);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Predicate<String> store() {
        return text -> text.startsWith("jdbc:sqlite:")
                ? text.length() > "jdbc:sqlite:".length() && isPath(text.substring("jdbc:sqlite:".length()))
                : text.startsWith("jdbc:postgresql:") && isUri(text.substring("jdbc:".length()));
    }

    private static boolean isUri(String text) {
        try {
            return URI.create(text).getRawSchemeSpecificPart().startsWith("//");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isCurrency(String text) {
        try {
            return Currency.getInstance(text.toUpperCase(Locale.ROOT)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isJsonObject(String text) {
        try {
            return Json.ofAiq().readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
