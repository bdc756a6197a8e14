package aiqbridge;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration in force: {@code config/application.properties}, each key overridden by its environment twin
 * ({@code aiq.base-url} by {@code AIQ_BASE_URL}). A missing or malformed key refuses the start with one sentence.
 * The passwords of the own database and of the proxy are never in that file ({@link GivenSecret}).
 */
public final class Settings {
    public static final String STORE_PASSWORD = "store.password";

    public static final String PROXY_PASSWORD = "network.proxy-password";
    /** What is given to the process and never written in the file. */
    public static final List<String> SECRETS = List.of(STORE_PASSWORD, PROXY_PASSWORD);

    static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");
    private final Properties values;
    private final String file;
    private final String prefix;

    private Settings(Properties values, String file, String prefix) {
        this.values = values;
        this.file = file;
        this.prefix = prefix;
    }

    public static Settings of(Properties values) {
        return new Settings(values, "config/application.properties", "");
    }

    /** A file of its own kind, without environment twins. */
    public static Settings of(Path file) {
        return new Settings(load(file), file.toString(), "");
    }

    /** What is wrong with them, in the order of their names: what is missing, and what is not what such a setting may be. */
    public List<StartRefused> wrong() {
        return SettingRules.wrong(values);
    }

    /** @throws StartRefused naming the first that is wrong */
    public Settings checked() {
        List<StartRefused> wrong = wrong();
        if (wrong.isEmpty()) {
            return this;
        }
        StartRefused first = wrong.get(0);
        throw wrong.size() == 1
                ? first
                : new StartRefused(
                        first.sentence(),
                        first.hint() + " There are " + wrong.size()
                                + " such settings; aiq-bridge check names them all.");
    }

    /** The settings as they are shipped. */
    public static Settings shipped() {
        return of(SettingRules.shipped());
    }

    public static Settings read(Path file, Map<String, String> environment) {
        Properties values = load(file);
        for (String key : values.stringPropertyNames()) {
            if (SECRETS.contains(key)) {
                throw new StartRefused(
                        "The file " + file + " holds a secret (" + key + ").",
                        "Take it out; it comes from the environment as " + variable(key) + ", or from the file that "
                                + variable(key) + "_FILE names.");
            }
            String twin = environment.get(variable(key));
            if (twin != null) {
                values.setProperty(key, twin);
            }
        }
        for (String key : SECRETS) {
            String secret = GivenSecret.read(variable(key), environment);
            values.setProperty(key, secret == null ? "" : secret);
        }
        return of(values);
    }

    /** The environment twin of a setting. */
    public static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    public static Properties load(Path file) {
        String hint = "Start from the application.properties that is shipped in config/.";
        Properties values = new Properties();
        try {
            values.load(new StringReader(TextFile.read(file)));
        } catch (IOException e) {
            throw new StartRefused("The configuration file " + file + " " + e.getMessage() + ".", hint);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "The configuration file " + file + " has a \\u that no four digits follow.",
                    "Write a backslash twice: \\\\u.");
        }
        return values;
    }

    /** The properties files of a folder, in order; none when there is no such folder. */
    public static List<Path> files(Path folder, String whatItHolds) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartRefused("The folder " + folder + " cannot be read.", "It holds " + whatItHolds + ".");
        }
    }

    /** The connection that a file describes: its stem. */
    public static String connectionName(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.properties$", "");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new StartRefused(
                    "The connection file " + file + " has an invalid name.",
                    "Lower case letters, digits and dashes, for example main-street.properties.");
        }
        return name;
    }

    /** The settings below a prefix, without it, overridden by a connection's own file, which holds no secret and no unknown key. */
    public Settings connection(String prefix, Path file, Set<String> known, String whereSecretsGo) {
        Properties own = load(file);
        for (String key : own.stringPropertyNames()) {
            if (key.matches(".*(password|secret|token|key).*")) {
                throw new StartRefused(
                        "The file " + file + " holds a secret (" + shown(key) + ").",
                        "Take it out; " + whereSecretsGo + ".");
            }
            if (!known.contains(key)) {
                throw new StartRefused(
                        "The key " + shown(key) + " in " + file + " is not known.",
                        "Known are: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return under(prefix, own, file.toString());
    }

    private static String shown(String key) {
        return key.length() > 60 ? key.substring(0, 60) + "…" : key;
    }

    /** The keys that begin so, without that beginning. */
    public Settings under(String prefix) {
        return under(prefix, new Properties(), file);
    }

    private Settings under(String prefix, Properties own, String file) {
        Properties under = new Properties();
        for (String key : values.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                under.setProperty(key.substring(prefix.length()), values.getProperty(key));
            }
        }
        under.putAll(own);
        return new Settings(under, file, this.prefix + prefix);
    }

    public Properties asProperties() {
        Properties copy = new Properties();
        copy.putAll(values);
        return copy;
    }

    public boolean has(String key) {
        return !values.getProperty(key, "").isBlank();
    }

    public String text(String key) {
        String value = values.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new StartRefused(
                    "The setting " + key + " is missing.",
                    "Write it in " + file + "; the shipped files have every key with its default.");
        }
        return value.trim();
    }

    public int number(String key) {
        try {
            return Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw new StartRefused(
                    "The setting " + key + " = " + text(key) + " is not a whole number.",
                    "For example: " + key + " = 5");
        }
    }

    public boolean flag(String key) {
        String value = text(key);
        if (!value.equals("true") && !value.equals("false")) {
            throw new StartRefused(
                    "The setting " + key + " = " + value + " is neither true nor false.",
                    "For example: " + key + " = true");
        }
        return value.equals("true");
    }

    /** One of the words that a setting may be. */
    public String oneOf(String key) {
        return oneOf(key, SettingRules.WORDS.get(prefix + key).toArray(String[]::new));
    }

    public String oneOf(String key, String... words) {
        String value = text(key);
        if (!List.of(words).contains(value)) {
            throw new StartRefused(
                    "The key " + key + " = " + value + " in " + file + " is not known.",
                    "One of: " + String.join(", ", words) + ".");
        }
        return value;
    }

    public ZoneId zone(String key) {
        try {
            return ZoneId.of(text(key));
        } catch (DateTimeException e) {
            throw new StartRefused(
                    "The zone in " + file + " is not a time zone.", "For example: " + key + " = America/Denver");
        }
    }

    /** An address that may be left out: https, or http to loopback; null when absent. */
    public URI url(String key) {
        String text = values.getProperty(key, "").trim();
        if (!text.isEmpty() && !isUrl(text)) {
            throw new StartRefused(
                    "The key " + key + " in " + file + " is not a valid address.",
                    "For example: " + key + " = https://shop.example");
        }
        return text.isEmpty() ? null : URI.create(text);
    }

    static boolean isUrl(String text) {
        try {
            URI url = URI.create(text);
            return url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() <= 65_535
                    && ("https".equals(url.getScheme())
                            || "http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public boolean isDuration(String key) {
        return DURATION.matcher(values.getProperty(key, "").trim()).matches();
    }

    /** A duration with its unit: {@code 500ms}, {@code 30s}, {@code 45m}, {@code 24h}, {@code 14d}. */
    public Duration duration(String key) {
        return durationOf(text(key))
                .orElseThrow(() -> new StartRefused(
                        "The setting " + key + " = " + text(key) + " is not a duration.",
                        "Write a number and a unit, for example: " + key + " = 45m"));
    }

    static Optional<Duration> durationOf(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long n = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(n);
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofMinutes(n);
                    case "h" -> Duration.ofHours(n);
                    default -> Duration.ofDays(n);
                });
    }

    /** As it is written here. */
    static String text(Duration duration) {
        long ms = duration.toMillis();
        return ms % 86_400_000 == 0 && ms > 0
                ? ms / 86_400_000 + "d"
                : ms % 3_600_000 == 0 && ms > 0 ? ms / 3_600_000 + "h" : ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }
}
