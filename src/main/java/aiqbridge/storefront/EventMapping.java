package aiqbridge.storefront;

import aiqbridge.StartRefused;
import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the events of one kind of shop mean: its {@code events.jslt}, compiled once. */
final class EventMapping {
    private static final String HINT = "A mapping is written in JSLT with the functions of the README, Connect a shop; the shipped kinds are examples.";
    private final String name;
    private final Expression program;

    private EventMapping(String name, Expression program) {
        this.name = name;
        this.program = program;
    }

    /** @throws StartRefused naming the file and the line */
    static EventMapping read(Path file) {
        String name = file.getParent().getFileName() + "/" + file.getFileName();
        try {
            return new EventMapping(name, new Parser(new StringReader(Files.readString(file))).withSource(name).withFunctions(MappingFunctions.all()).compile());
        } catch (IOException e) {
            throw new StartRefused("The kind of storefront " + file.getParent().getFileName() + " has no mapping: " + file + " cannot be read.", HINT);
        } catch (JsltException e) {
            throw new StartRefused("The mapping " + file + ", line " + e.getLine() + ", cannot be used: " + firstLine(e.getMessageWithoutLocation()), HINT);
        } catch (TokenMgrError e) {
            throw new StartRefused("The mapping " + file + " cannot be used: " + firstLine(e.getMessage()), HINT);
        }
    }

    private static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("").trim();
    }

    /** @throws EventProblem when the mapping fails on this input; the sentence names the line of the mapping, not what was read */
    JsonNode apply(JsonNode input) {
        try {
            return program.apply(input);
        } catch (JsltException e) {
            throw new EventProblem("The mapping " + name + " fails on it in line " + e.getLine() + ".");
        } catch (RuntimeException | StackOverflowError e) {
            throw new EventProblem("The mapping " + name + " fails on it with " + e.getClass().getSimpleName() + ".");
        }
    }
}
