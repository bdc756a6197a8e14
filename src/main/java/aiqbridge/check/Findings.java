package aiqbridge.check;

import java.io.PrintStream;

/** The lines of a check: OK, WARN or FAIL, each but OK with a hint. */
final class Findings {
    private final PrintStream out;
    private boolean failed;

    Findings(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println(text);
    }

    void ok(String text) {
        out.println("  OK    " + text);
    }

    void warn(String text, String hint) {
        out.println("  WARN  " + text + "\n        Hint: " + hint);
    }

    void fail(String text, String hint) {
        out.println("  FAIL  " + text + "\n        Hint: " + hint);
        failed = true;
    }

    void detail(String text) {
        text.lines().forEach(line -> out.println("        " + line));
    }

    boolean failed() {
        return failed;
    }
}
