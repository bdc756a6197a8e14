package aiqbridge.aiq;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The answers to a look-up that mean "AIQ knows nobody" (AIQ: section 7.3, [U]), each by its word in {@code aiq.lookup-not-found}. */
public enum Nobody {
    /** A 404 in AIQ's own envelope. */
    ENVELOPE_404("404-envelope"),
    /** A 400 in AIQ's own envelope. */
    ENVELOPE_400("400-envelope"),
    /** A 200 whose envelope says that it failed, with a code of 404 or 400. */
    ENVELOPE_200("200-envelope"),
    /** A 200 with {@code data} null. */
    NULL_DATA("null-data"),
    /** A 200 with {@code data} an empty object, list or text. */
    EMPTY_DATA("empty-data"),
    /** A 200 with an object that has no contact's id. */
    NO_CONTACT("no-contact");

    private final String word;

    Nobody(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static Set<Nobody> read(Settings settings) {
        List<String> words = List.of(settings.text("aiq.lookup-not-found").split("\\s*,\\s*"));
        Set<Nobody> meant = Arrays.stream(values())
                .filter(nobody -> words.contains(nobody.word))
                .collect(Collectors.toSet());
        if (meant.size() < Set.copyOf(words).size()) {
            throw new StartRefused(
                    "The setting aiq.lookup-not-found = " + settings.text("aiq.lookup-not-found")
                            + " contains an unknown word.",
                    "One or more of: "
                            + Arrays.stream(values()).map(Nobody::word).collect(Collectors.joining(", ")) + ".");
        }
        return meant;
    }

    /** The word for an answer; empty where there is none, and nobody can be told from somebody. */
    public static Optional<Nobody> of(int status, JsonNode envelope, String contactIdField) {
        return Arrays.stream(values())
                .filter(nobody -> nobody.says(status, envelope, contactIdField))
                .findFirst();
    }

    boolean says(int status, JsonNode envelope, String contactIdField) {
        if (envelope == null || !envelope.isObject()) {
            return false;
        }
        JsonNode data = envelope.path("data");
        boolean good = status >= 200
                && status < 300
                && envelope.path("success").asBoolean(true)
                && envelope.path("code").asInt(200) < 400;
        return switch (this) {
            case ENVELOPE_404 -> status == 404 && ownWords(envelope, 404);
            case ENVELOPE_400 -> status == 400 && ownWords(envelope, 400);
            case ENVELOPE_200 -> status == 200 && (ownWords(envelope, 404) || ownWords(envelope, 400));
            case NULL_DATA -> good && data.isNull();
            case EMPTY_DATA ->
                good
                        && (data.isContainerNode() && data.isEmpty()
                                || data.isTextual() && data.asText().isBlank());
            case NO_CONTACT ->
                good && data.isObject() && !data.isEmpty() && Plausible.id(data.path(contactIdField)) == null;
        };
    }

    /** The envelope (AIQ: section 1.3): what a proxy or another server answers does not have it. */
    static boolean ownWords(JsonNode envelope, int code) {
        return envelope != null
                && envelope.path("code").asInt() == code
                && envelope.path("success").isBoolean()
                && !envelope.path("success").booleanValue()
                && envelope.path("errors").path(0).path("message").isTextual();
    }
}
