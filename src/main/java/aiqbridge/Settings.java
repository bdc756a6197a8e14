package aiqbridge;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration in force: {@code config/application.properties}, each key overridden by its environment twin
 * ({@code aiq.base-url} by {@code AIQ_BASE_URL}). A missing or malformed key refuses the start with one sentence.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private final Properties values;
    private final String file;

    private Settings(Properties values, String file) {
        this.values = values;
        this.file = file;
    }

    public static Settings of(Properties values) {
        return new Settings(values, "config/application.properties");
    }

    public static Settings read(Path file, Map<String, String> environment) {
        Properties values = load(file);
        for (String key : values.stringPropertyNames()) {
            String twin = environment.get(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
            if (twin != null) {
                values.setProperty(key, twin);
            }
        }
        return of(values);
    }

    public static Properties load(Path file) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused("The configuration file " + file + " cannot be read.", "Start from the application.properties that is shipped in config/.");
        }
        return values;
    }

    /** The settings below a prefix, without it, overridden by a file of its own. */
    public Settings under(String prefix, Properties own, String file) {
        Properties under = new Properties();
        for (String key : values.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                under.setProperty(key.substring(prefix.length()), values.getProperty(key));
            }
        }
        under.putAll(own);
        return new Settings(under, file);
    }

    public Properties asProperties() {
        Properties copy = new Properties();
        copy.putAll(values);
        return copy;
    }

    public String text(String key) {
        String value = values.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new StartRefused("The setting " + key + " is missing.", "Write it in " + file + "; the shipped files have every key with its default.");
        }
        return value.trim();
    }

    public int number(String key) {
        try {
            return Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw new StartRefused("The setting " + key + " = " + text(key) + " is not a whole number.", "For example: " + key + " = 5");
        }
    }

    public boolean flag(String key) {
        String value = text(key);
        if (!value.equals("true") && !value.equals("false")) {
            throw new StartRefused("The setting " + key + " = " + value + " is neither true nor false.", "For example: " + key + " = true");
        }
        return value.equals("true");
    }

    public boolean isDuration(String key) {
        return DURATION.matcher(values.getProperty(key, "").trim()).matches();
    }

    /** A duration with its unit: {@code 500ms}, {@code 30s}, {@code 45m}, {@code 24h}, {@code 14d}. */
    public Duration duration(String key) {
        Matcher parts = DURATION.matcher(text(key));
        if (!parts.matches()) {
            throw new StartRefused("The setting " + key + " = " + text(key) + " is not a duration.", "Write a number and a unit, for example: " + key + " = 45m");
        }
        long n = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }
}
