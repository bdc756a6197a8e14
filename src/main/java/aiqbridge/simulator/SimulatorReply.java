package aiqbridge.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer in AIQ's envelope (AIQ: section 1.3). */
record SimulatorReply(int status, String body, String retryAfter) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SimulatorReply good(JsonNode data) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.set("data", data);
        return new SimulatorReply(
                200, envelope.put("code", 200).put("success", true).toString(), null);
    }

    static SimulatorReply ok() {
        return good(JSON.getNodeFactory().textNode("OK"));
    }

    static SimulatorReply error(int status, String message) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.putArray("errors").addObject().put("message", message).put("code", status);
        return new SimulatorReply(
                status, envelope.put("code", status).put("success", false).toString(), null);
    }

    /** The same, its envelope without data where it has any (AIQ: section 1.3). */
    SimulatorReply withoutData() {
        ObjectNode envelope = envelope();
        envelope.remove("data");
        return new SimulatorReply(status, envelope.toString(), retryAfter);
    }

    /** The same with fields nobody knows, wherever there are fields. */
    SimulatorReply withUnknownFields() {
        ObjectNode envelope = envelope();
        addSomethingNew(envelope);
        return new SimulatorReply(status, envelope.toString(), retryAfter);
    }

    private static void addSomethingNew(JsonNode node) {
        node.forEach(SimulatorReply::addSomethingNew);
        if (node.isObject()) {
            ((ObjectNode) node).putObject("somethingNew").put("a", 1);
        }
    }

    private ObjectNode envelope() {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static SimulatorReply busy(String retryAfter) {
        SimulatorReply error = error(429, "Too Many Requests");
        return new SimulatorReply(429, error.body(), retryAfter.isEmpty() ? null : retryAfter);
    }
}
