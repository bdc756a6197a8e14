package aiqbridge.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Everything the simulator heard and did, in order; in a file too, flushed line by line, so that it outlives whatever a test kills. */
final class SimulatorHistory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<ObjectNode> requests = new ArrayList<>();
    private final List<ObjectNode> effects = new ArrayList<>();
    private final Writer file;
    private long sequence;

    SimulatorHistory(Path file) {
        try {
            this.file = file == null
                    ? null
                    : Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void request(long time, String uid, String operation, String method, String path, String body) {
        write(
                requests,
                JSON.createObjectNode()
                        .put("seq", ++sequence)
                        .put("time", time)
                        .put("uid", uid)
                        .put("operation", operation)
                        .put("method", method)
                        .put("path", path)
                        .put("body", body));
    }

    synchronized void effect(long time, String kind, ObjectNode what) {
        ObjectNode line =
                JSON.createObjectNode().put("seq", ++sequence).put("time", time).put("kind", kind);
        line.setAll(what);
        write(effects, line);
    }

    private void write(List<ObjectNode> list, ObjectNode line) {
        list.add(line);
        if (file != null) {
            try {
                file.write(JSON.writeValueAsString(line) + "\n");
                file.flush();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    synchronized List<ObjectNode> requests() {
        return List.copyOf(requests);
    }

    synchronized List<ObjectNode> effects() {
        return List.copyOf(effects);
    }

    synchronized void forget() {
        requests.clear();
        effects.clear();
    }
}
