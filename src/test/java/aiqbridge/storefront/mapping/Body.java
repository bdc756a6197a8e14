package aiqbridge.storefront.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A body of a shop, changed here and there. */
public record Body(ObjectNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Body of(String text) {
        return new Body((ObjectNode) read(text));
    }

    public static Body sample(String name) {
        return of(Meaning.sample(name));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path dots between names; @param value JSON */
    public Body with(String path, String value) {
        ObjectNode copy = json.deepCopy();
        int dot = path.lastIndexOf('.');
        ObjectNode parent = dot < 0
                ? copy
                : (ObjectNode) copy.at("/" + path.substring(0, dot).replace('.', '/'));
        parent.set(path.substring(dot + 1), read(value));
        return new Body(copy);
    }

    public Body without(String... names) {
        ObjectNode copy = json.deepCopy();
        copy.remove(java.util.List.of(names));
        return new Body(copy);
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
