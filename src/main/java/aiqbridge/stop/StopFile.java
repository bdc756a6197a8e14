package aiqbridge.stop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The file that stops: where it exists everything stands still, or what its lines name. Whatever is unclear about it stops everything. */
final class StopFile {
    private static final long LARGEST = 65_536;
    private final Path file;
    private final Predicate<String> accounts;
    private final Predicate<String> connections;

    /** @param accounts whether there is such an account; {@code connections} alike */
    StopFile(Path file, Predicate<String> accounts, Predicate<String> connections) {
        this.file = file;
        this.accounts = accounts;
        this.connections = connections;
    }

    Path path() {
        return file;
    }

    /** What it stops now; nothing where there is no such file. */
    Set<Scope> scopes() {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Set.of();
        }
        try {
            if (Files.size(file) > LARGEST) {
                return Set.of(Scope.EVERYTHING);
            }
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            Set<Scope> scopes = new LinkedHashSet<>();
            lines.forEach(line -> scopes.add(scope(line)));
            return scopes.isEmpty() || scopes.contains(Scope.EVERYTHING) ? Set.of(Scope.EVERYTHING) : scopes;
        } catch (IOException | RuntimeException e) {
            return Set.of(Scope.EVERYTHING);
        }
    }

    private Scope scope(String line) {
        String[] words = line.split("\\s+");
        if (words.length == 2 && words[0].equals("account") && accounts.test(words[1])) {
            return Scope.account(words[1]);
        }
        if (words.length == 2 && words[0].equals("connection") && connections.test(words[1])) {
            return Scope.connection(words[1]);
        }
        return Scope.EVERYTHING;
    }
}
