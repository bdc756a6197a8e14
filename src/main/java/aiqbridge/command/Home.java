package aiqbridge.command;

import aiqbridge.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the installation is; shared by the commands. */
public final class Home {
    @Option(
            names = "--home",
            defaultValue = ".",
            description = "The folder that holds routes/ and config/ (default: the current one).")
    Path folder;

    Path path() {
        return folder.toAbsolutePath().normalize();
    }

    Settings settings() {
        return settingsUnchecked().checked();
    }

    /** For who says what is wrong with them. */
    Settings settingsUnchecked() {
        return Settings.read(path().resolve("config/application.properties"), System.getenv());
    }
}
