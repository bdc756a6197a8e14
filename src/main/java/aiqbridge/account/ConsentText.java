package aiqbridge.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a customer is asked to agree to: box 1 is AIQ's own wording and makes a member, the others are for themselves. No box is ticked beforehand.
 *
 * @param country ISO 3166 alpha-2
 * @param version changes with any wording
 */
public record ConsentText(String country, String language, String version, List<Box> boxes) {
    /**
     * One box.
     *
     * @param field   of the sign-up, true when the customer ticked it
     * @param purpose {@code loyalty}, {@code sms} or {@code email}
     * @param wording as it has to be shown, word for word
     * @param hash    SHA-256 of the wording in UTF-8, in hex
     */
    public record Box(String field, String purpose, String wording, String hash) {}

    public Box box(String purpose) {
        return boxes.stream()
                .filter(b -> b.purpose().equals(purpose))
                .findFirst()
                .orElseThrow();
    }

    /** As callers get it. */
    public Map<String, Object> asMap() {
        Box first = boxes.get(0);
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("country", country);
        text.put("language", language);
        text.put("textVersion", version);
        text.put("textHash", first.hash());
        text.put("text", first.wording());
        List<Map<String, Object>> all = new ArrayList<>();
        for (Box box : boxes) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("field", box.field());
            one.put("purpose", box.purpose());
            one.put("text", box.wording());
            one.put("textHash", box.hash());
            one.put("required", box == first);
            one.put("ticked", false);
            all.add(one);
        }
        text.put("boxes", all);
        return text;
    }
}
