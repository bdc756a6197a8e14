package aiqbridge.account;

import java.util.List;

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
    public Shown shown() {
        Box first = boxes.get(0);
        return new Shown(
                country,
                language,
                version,
                first.hash(),
                first.wording(),
                boxes.stream()
                        .map(box -> new ShownBox(
                                box.field(), box.purpose(), box.wording(), box.hash(), box == first, false))
                        .toList());
    }

    /** @param text of box 1, as its hash is */
    public record Shown(
            String country, String language, String textVersion, String textHash, String text, List<ShownBox> boxes) {}

    public record ShownBox(
            String field, String purpose, String text, String textHash, boolean required, boolean ticked) {}
}
