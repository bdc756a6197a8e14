package aiqbridge.storefront.mapping;

import aiqbridge.aiq.Jslt;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** What the events of one kind of shop mean: its {@code events.jslt}. */
final class EventMapping {
    private final Jslt program;

    private EventMapping(Jslt program) {
        this.program = program;
    }

    /** @throws aiqbridge.StartRefused naming the file and the line */
    static EventMapping read(Path file) {
        return new EventMapping(
                Jslt.read(
                        file,
                        MappingFunctions.all(),
                        "A mapping is written in JSLT with the functions of routes/storefront/README.md, section 4.5; the shipped kinds are examples."));
    }

    /** @throws EventProblem when the mapping fails on this input; the sentence names the place in the mapping, not what was read */
    JsonNode apply(JsonNode input) {
        try {
            return program.apply(input);
        } catch (Jslt.Failed e) {
            throw new EventProblem("The mapping " + e.getMessage() + ".");
        }
    }
}
