package aiqbridge.aiq;

import aiqbridge.StartRefused;
import aiqbridge.TextFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that says in JSLT how one JSON becomes another; read once, at the start. */
public final class Jslt {
    private final String name;
    private final Expression program;

    private Jslt(String name, Expression program) {
        this.name = name;
        this.program = program;
    }

    /**
     * @param functions what it may call beside JSLT's own
     * @param hint      what to do when it cannot be used
     * @throws StartRefused naming the file and the line
     */
    public static Jslt read(Path file, Collection<Function> functions, String hint) {
        String name = file.getParent().getFileName() + "/" + file.getFileName();
        String text;
        try {
            text = TextFile.read(file);
        } catch (IOException e) {
            throw new StartRefused("The file " + file + " " + e.getMessage() + ".", hint);
        }
        try {
            return new Jslt(
                    name,
                    new Parser(new StringReader(text))
                            .withSource(name)
                            .withFunctions(functions)
                            .compile());
        } catch (JsltException e) {
            throw unusable(file, text, e.getLine(), firstLine(e.getMessageWithoutLocation()), hint);
        } catch (TokenMgrError e) {
            throw unusable(file, text, 0, firstLine(e.getMessage()), hint);
        } catch (RuntimeException | StackOverflowError e) {
            // what can be worked out beforehand is, at compile time: 1 / 0
            throw unusable(file, text, 0, firstLine(e.getClass().getSimpleName() + ": " + e.getMessage()), hint);
        }
    }

    private static StartRefused unusable(Path file, String text, int line, String why, String hint) {
        int known = line > 0 ? line : line(text, why);
        return new StartRefused(
                "The file " + file + (known > 0 ? ", line " + known : "") + ", cannot be used: " + why, hint);
    }

    /** Where JSLT knows no place: the line that its sentence names, or the first that holds what it quotes; 0 for neither. */
    private static int line(String text, String why) {
        Matcher named = Pattern.compile("at line (\\d+)").matcher(why);
        if (named.find()) {
            return Math.max(1, Integer.parseInt(named.group(1)));
        }
        Matcher quoted = Pattern.compile("'(.+)'").matcher(why);
        if (quoted.find()) {
            String literal = '"' + quoted.group(1).replace("\\", "\\\\") + '"';
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(literal)) {
                    return i + 1;
                }
            }
        }
        return 0;
    }

    /** @throws Failed when it fails on this input; the message names the place in the file, nothing of the input */
    public JsonNode apply(JsonNode input) {
        try {
            return program.apply(input);
        } catch (JsltException e) {
            throw new Failed(name + " fails on it" + (e.getLine() > 0 ? " in line " + e.getLine() : ""));
        } catch (RuntimeException | StackOverflowError e) {
            throw new Failed(name + " fails on it with " + e.getClass().getSimpleName());
        }
    }

    private static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("").trim();
    }

    public static final class Failed extends RuntimeException {
        public Failed(String message) {
            super(message);
        }
    }
}
