package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.aiq.CartTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;

/** Compares the settings in force with the ones this version ships: what an upgrade brought, what nothing reads, what has the wrong form. */
final class ConfigCheck {
    private static final String WHOLE_NUMBER = "\\d{1,9}";
    private final Path home;
    private final Settings settings;
    private final Findings findings;

    ConfigCheck(Path home, Settings settings, Findings findings) {
        this.home = home;
        this.settings = settings;
        this.findings = findings;
    }

    void run() {
        Properties shipped = shipped();
        Settings defaults = Settings.of(shipped);
        Properties ours = settings.asProperties();
        int wrong = 0;
        for (String key : new TreeSet<>(shipped.stringPropertyNames())) {
            String value = ours.getProperty(key, "").trim();
            String example = "For example: " + key + " = " + shipped.getProperty(key);
            if (!ours.containsKey(key)) {
                wrong += fail(
                        "the setting " + key + " is missing",
                        "It is new in this version: copy its lines from the shipped config/application.properties. "
                                + example);
            } else if (defaults.isDuration(key) && !settings.isDuration(key)) {
                wrong += fail("the setting " + key + " = " + value + " is not a duration", example);
            } else if (shipped.getProperty(key).matches(WHOLE_NUMBER) && !value.matches(WHOLE_NUMBER)) {
                wrong += fail("the setting " + key + " = " + value + " is not a whole number", example);
            } else if (shipped.getProperty(key).matches("true|false") && !value.matches("true|false")) {
                wrong += fail("the setting " + key + " = " + value + " is neither true nor false", example);
            }
        }
        for (String key : new TreeSet<>(ours.stringPropertyNames())) {
            if (!shipped.containsKey(key) && !key.equals(Settings.STORE_PASSWORD) && !key.startsWith("camel.")) {
                findings.warn(
                        "unknown setting " + key,
                        "Is it spelled as in the shipped config/application.properties? Settings of an older version can be deleted.");
            }
        }
        try {
            CartTemplate.read(home, settings);
        } catch (StartRefused e) {
            wrong += fail(e.sentence(), e.hint());
        }
        if (wrong == 0) {
            findings.ok("every setting is present and valid");
        }
    }

    private int fail(String text, String hint) {
        findings.fail(text, hint);
        return 1;
    }

    private static Properties shipped() {
        Properties shipped = new Properties();
        try (InputStream file = ConfigCheck.class.getResourceAsStream("/shipped/application.properties")) {
            shipped.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shipped;
    }
}
