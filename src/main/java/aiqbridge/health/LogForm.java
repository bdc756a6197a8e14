package aiqbridge.health;

import aiqbridge.Settings;
import org.apache.logging.log4j.core.config.Configurator;

/** The form of the log's lines, {@code log.form}: text for people, or json: one object a line. */
public final class LogForm {
    private LogForm() {}

    /** From now on, unless config/log4j2.xml says something of its own. */
    public static void use(Settings settings) {
        System.setProperty("aiqbridge.log.form", settings.oneOf("log.form"));
        Configurator.reconfigure();
    }
}
