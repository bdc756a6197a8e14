package aiqbridge.route;

import aiqbridge.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The text of each file in routes/, by its path below the folder that holds routes/. */
final class RouteTexts {
    private RouteTexts() {}

    /**
     * Route files and statements as they stand on the disk; kinds and mappings too, so that a change is noticed.
     *
     * @param before what a file that cannot be read just now is taken to hold
     */
    static Map<String, String> read(Path home, Map<String, String> before) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
            for (Path file : files.filter(one -> one.toString().matches(".*[.](yaml|sql|properties|jslt)"))
                    .toList()) {
                String name = home.relativize(file).toString().replace('\\', '/');
                texts.put(name, text(file, before.getOrDefault(name, "")));
            }
        }
        return texts;
    }

    static boolean isRouteOrStatement(String file) {
        return file.matches(".*[.](yaml|sql)");
    }

    private static String text(Path file, String before) {
        try {
            return TextFile.read(file);
        } catch (IOException e) {
            return before.isEmpty() || Files.exists(file) ? UNREADABLE + e.getMessage() : before;
        }
    }

    /** YAML forbids this character, and so does SQL. */
    private static final String UNREADABLE = "\uFFFF";

    /** Why a file could not be read, of which this is the text; empty where it could. */
    static Optional<String> unreadable(String text) {
        return text.startsWith(UNREADABLE) ? Optional.of("the file " + text.substring(1)) : Optional.empty();
    }
}
