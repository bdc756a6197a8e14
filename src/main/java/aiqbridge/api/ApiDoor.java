package aiqbridge.api;

import aiqbridge.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Lets a request in whose caller the front knows: the body is an object of JSON within the limits (config/README.md section 10.1). */
public final class ApiDoor {
    private static final int LONGEST_KEY = 200;

    /**
     * @param exchange its property {@code who} is the caller, whom the front has let in; its headers are those that were sent, as they were sent
     * @throws Problem 401 where nobody was let in, 400 for a key that is none or a body that is not UTF-8
     */
    public Arrived enter(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(exchange.getProperty("who") instanceof Caller caller)) {
            throw CallerKeys.refused();
        }
        Object key = message.getHeader("Idempotency-Key");
        if (key != null
                && !(key instanceof String text
                        && !text.isBlank()
                        && text.length() <= LONGEST_KEY
                        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f))) {
            throw new Problem(
                    400,
                    "idempotency-key-invalid",
                    "The header Idempotency-Key must be 1 to " + LONGEST_KEY + " visible ASCII characters, once.");
        }
        String body = message.getBody() instanceof byte[] bytes ? text(bytes) : "";
        return new Arrived(
                caller,
                body.isBlank() ? "{}" : body,
                message.getHeader("id", String.class),
                (String) key,
                Sha256.hex(body));
    }

    /** @throws Problem 400 for anything but an object */
    public ApiRequest request(Arrived arrived, JsonNode body) {
        if (!body.isObject()) {
            throw new Problem(400, "body-not-json", "The body must be a JSON object.");
        }
        return new ApiRequest(arrived.caller(), body, arrived.id(), arrived.key(), arrived.sent());
    }

    /** With a replaced character in it an id or a phone could be another's. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "body-not-json", "The body is not UTF-8.");
        }
    }

    /** @throws Problem always */
    public void unreadable() {
        throw new Problem(
                400,
                "body-not-json",
                "The body is not a readable JSON object: it is malformed, nested too deeply or has a duplicate field.");
    }

    /** A request whose body is still to be read; the rest is as in {@link ApiRequest}. */
    public record Arrived(Caller caller, String text, String id, String key, String sent) {
        @Override
        public String toString() {
            return "Arrived[" + caller.connection() + "]";
        }
    }
}
