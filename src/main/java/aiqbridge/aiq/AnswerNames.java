package aiqbridge.aiq;

import aiqbridge.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that AIQ's answers have instead of those of routes/aiq/README.md: {@code aiq.answer-names = loyaltyPoints: balance, discountTemplates: rewards}.
 * An object that has the known name is left alone.
 */
final class AnswerNames {
    private final Map<String, String> theirs;

    private AnswerNames(Map<String, String> theirs) {
        this.theirs = theirs;
    }

    static AnswerNames read(Settings settings) {
        Map<String, String> theirs = new LinkedHashMap<>();
        if (settings.has("aiq.answer-names")) {
            for (String pair : settings.text("aiq.answer-names").split("\\s*,\\s*")) {
                String[] names = pair.split("\\s*:\\s*");
                theirs.put(names[0], names[1]);
            }
        }
        return new AnswerNames(theirs);
    }

    /** The answer with the known names beside AIQ's own; null of null. */
    JsonNode known(JsonNode answer) {
        if (theirs.isEmpty() || answer == null) {
            return answer;
        }
        if (answer instanceof ArrayNode list) {
            ArrayNode known = list.arrayNode(list.size());
            list.forEach(one -> known.add(known(one)));
            return known;
        }
        if (!(answer instanceof ObjectNode object)) {
            return answer;
        }
        ObjectNode known = object.objectNode();
        object.properties().forEach(field -> known.set(field.getKey(), known(field.getValue())));
        theirs.forEach((name, their) -> {
            if (!known.has(name) && known.has(their)) {
                known.set(name, known.get(their));
            }
        });
        return known;
    }
}
