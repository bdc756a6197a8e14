package aiqbridge.storefront.mapping;

import aiqbridge.StartRefused;
import aiqbridge.aiq.Jslt;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the events of one kind of shop mean: its {@code events.jslt}. */
final class EventMapping {
    private static final Logger LOG = LoggerFactory.getLogger(EventMapping.class);
    private static final String HINT =
            "A mapping is written in JSLT with the functions of routes/storefront/README.md, section 4.5; the shipped kinds are examples.";
    private final Jslt program;
    private final String broken;

    private EventMapping(Jslt program, String broken) {
        this.program = program;
        this.broken = broken;
    }

    /** One that cannot be used says so whenever it is asked: only its own shops wait. */
    static EventMapping read(Path file) {
        try {
            return new EventMapping(compiled(file), null);
        } catch (StartRefused e) {
            LOG.warn("{} The deliveries of its shops wait.", e.sentence());
            return broken(e);
        }
    }

    static EventMapping broken(StartRefused why) {
        return new EventMapping(null, why.sentence());
    }

    /** @throws StartRefused naming the file and the line */
    static Jslt compiled(Path file) {
        return Jslt.read(file, MappingFunctions.all(), HINT);
    }

    /**
     * @throws MappingBroken when it cannot be used at all
     * @throws EventProblem when the mapping fails on this input; the sentence names the place in the mapping, not what was read
     */
    JsonNode apply(JsonNode input) {
        if (broken != null) {
            throw new MappingBroken(broken);
        }
        try {
            return program.apply(input);
        } catch (Jslt.Failed e) {
            throw new EventProblem("The mapping " + e.getMessage() + ".");
        }
    }
}
