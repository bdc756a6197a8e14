package aiqbridge.aiq;

import aiqbridge.StartRefused;
import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

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
        try {
            return new Jslt(
                    name,
                    new Parser(new StringReader(Files.readString(file)))
                            .withSource(name)
                            .withFunctions(functions)
                            .compile());
        } catch (IOException e) {
            throw new StartRefused("The file " + file + " cannot be read.", hint);
        } catch (JsltException e) {
            throw new StartRefused(
                    "The file " + file + ", line " + e.getLine() + ", cannot be used: "
                            + firstLine(e.getMessageWithoutLocation()),
                    hint);
        } catch (TokenMgrError e) {
            throw new StartRefused("The file " + file + " cannot be used: " + firstLine(e.getMessage()), hint);
        }
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
