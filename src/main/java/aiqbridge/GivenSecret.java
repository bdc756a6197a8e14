package aiqbridge;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A secret that whoever starts the process gives it, by one of three ways: the environment variable {@code NAME}; a file that {@code NAME_FILE} names, as containers
 * have them; or the credential {@code NAME} of systemd, a file in {@code $CREDENTIALS_DIRECTORY}. Of a file one line end at its end is left out. No sentence holds the secret, nor a
 * path: somebody may have written the secret in its place.
 */
public final class GivenSecret {
    private static final int LONGEST = 4_096;
    private static final String FOLDER = "CREDENTIALS_DIRECTORY";

    private GivenSecret() {}

    /** @param by what names it in a sentence */
    private record Given(String by, Path file) {}

    /**
     * Null when it is not given.
     *
     * @throws StartRefused when it is given twice, or its file holds no secret
     */
    public static String read(String name, Map<String, String> environment) {
        List<Given> given = given(name, environment);
        if (given.size() > 1) {
            throw new StartRefused(
                    "The secret " + name + " is given twice: by " + given.get(0).by + " and by " + given.get(1).by
                            + ".",
                    "Leave one of them; a file keeps it out of the environment.");
        }
        return given.isEmpty() || given.get(0).file == null ? environment.get(name) : line(name, given.get(0));
    }

    /** The file that it is read from. */
    public static Optional<Path> file(String name, Map<String, String> environment) {
        return given(name, environment).stream()
                .map(Given::file)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Whether it is in a folder that only this process, or only this container, gets to see, whatever its mode says. */
    public static boolean isPassed(Path file, Map<String, String> environment) {
        String folder = environment.getOrDefault(FOLDER, "");
        return !folder.isBlank() && file.startsWith(folder)
                || file.startsWith("/run/secrets")
                || file.startsWith("/var/run/secrets");
    }

    private static List<Given> given(String name, Map<String, String> environment) {
        List<Given> given = new ArrayList<>();
        if (!environment.getOrDefault(name, "").isEmpty()) {
            given.add(new Given("the environment variable " + name, null));
        }
        String variable = name + "_FILE";
        String folder = environment.getOrDefault(FOLDER, "");
        try {
            if (!environment.getOrDefault(variable, "").isBlank()) {
                given.add(new Given("the file that " + variable + " names", Path.of(environment.get(variable))));
            }
            if (!folder.isBlank() && Files.exists(Path.of(folder, name))) {
                given.add(new Given("the credential " + name + " of systemd", Path.of(folder, name)));
            }
        } catch (InvalidPathException e) {
            throw new StartRefused("The variable " + variable + " is no path.", hint(name));
        }
        return given;
    }

    private static String line(String name, Given given) {
        String text;
        try {
            text = TextFile.read(given.file).replaceFirst("\r?\n$", "");
        } catch (TextFile.Unreadable e) {
            throw refused(name, given, e.getMessage());
        }
        if (text.isBlank()) {
            throw refused(name, given, "is empty");
        }
        if (text.length() > LONGEST) {
            throw refused(name, given, "is longer than " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw refused(name, given, "holds more than one line");
        }
        return text;
    }

    private static StartRefused refused(String name, Given given, String why) {
        return new StartRefused("T" + given.by.substring(1) + " " + why + ".", hint(name));
    }

    private static String hint(String name) {
        return "It holds nothing but the secret " + name + ", on one line, and the bridge's user may read it.";
    }
}
