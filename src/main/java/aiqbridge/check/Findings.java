package aiqbridge.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines of a check: OK, WARN or FAIL, each but OK with a hint; for people, or one JSON object a line for scripts. */
final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final PrintStream out;
    private final boolean json;
    private String about = "";
    private boolean failed;

    Findings(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void heading(String text) {
        about = text;
        if (!json) {
            out.println(text);
        }
    }

    void ok(String text) {
        say("OK", text, null);
    }

    void warn(String text, String hint) {
        say("WARN", text, hint);
    }

    void fail(String text, String hint) {
        say("FAIL", text, hint);
        failed = true;
    }

    /** More about the line before. */
    void detail(String text) {
        if (json) {
            say("INFO", text, null);
        } else {
            text.lines().forEach(line -> out.println("        " + line));
        }
    }

    boolean failed() {
        return failed;
    }

    private void say(String status, String text, String hint) {
        if (!json) {
            out.printf("  %-4s  %s%n%s", status, text, hint == null ? "" : "        Hint: " + hint + "\n");
            return;
        }
        Map<String, String> line = new LinkedHashMap<>();
        line.put("about", about);
        line.put("status", status);
        line.put("text", text);
        if (hint != null) {
            line.put("hint", hint);
        }
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
