package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.aiq.CartTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** Compares the settings in force with the ones this version ships: what an upgrade brought, what nothing reads, what has the wrong form. */
final class ConfigCheck {
    private final Path home;
    private final Settings settings;
    private final Findings findings;

    ConfigCheck(Path home, Settings settings, Findings findings) {
        this.home = home;
        this.settings = settings;
        this.findings = findings;
    }

    void run() {
        Properties shipped = Settings.shipped().asProperties();
        Properties ours = settings.asProperties();
        List<StartRefused> wrong = new ArrayList<>(settings.wrong());
        for (String key : new TreeSet<>(ours.stringPropertyNames())) {
            if (!shipped.containsKey(key) && !Settings.SECRETS.contains(key) && !key.startsWith("camel.")) {
                findings.warn(
                        "unknown setting " + key,
                        "Is it spelled as in the shipped config/application.properties? Settings of an older version can be deleted.");
            }
        }
        try {
            CartTemplate.read(home, settings);
        } catch (StartRefused e) {
            wrong.add(e);
        }
        wrong.forEach(one -> findings.fail(
                one.sentence().replaceFirst("^The setting", "the setting").replaceFirst("[.]$", ""), one.hint()));
        if (wrong.isEmpty()) {
            findings.ok("every setting is present and valid");
        }
    }
}
