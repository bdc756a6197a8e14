package aiqbridge.route;

import java.nio.file.Path;

/** A route file that is not taken: where, and why. */
public final class BadRoute extends Exception {
    private final Path file;
    private final int line;
    private final String sentence;

    /** @param line counted from one, 0 when it cannot be told */
    public BadRoute(Path file, int line, String sentence) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + sentence);
        this.file = file;
        this.line = line;
        this.sentence = sentence;
    }

    public Path file() {
        return file;
    }

    public int line() {
        return line;
    }

    public String sentence() {
        return sentence;
    }
}
