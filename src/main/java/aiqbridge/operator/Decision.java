package aiqbridge.operator;

import aiqbridge.privacy.Masked;

/**
 * Who decides, and why.
 *
 * @param actor        a user of the page, or the operator of a command
 * @param note         in their own words; what looks like a phone or an e-mail is masked
 * @param lookedInAiq  they say that they looked in AIQ what became of it
 */
public record Decision(String actor, String note, boolean lookedInAiq) {
    private static final int LONGEST_NOTE = 500;

    /** @throws DecisionRefused without a note */
    public Decision {
        if (note == null || note.isBlank()) {
            throw new DecisionRefused(
                    "A note is missing.", "Write your reason in a few words; it is kept with your name.");
        }
        if (note.length() > LONGEST_NOTE) {
            throw new DecisionRefused(
                    "The note is longer than " + LONGEST_NOTE + " characters.", "A sentence or two is enough.");
        }
        note = Masked.text(note.strip().replaceAll("[\\s\\p{Cntrl}]+", " "));
    }
}
