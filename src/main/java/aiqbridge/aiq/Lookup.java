package aiqbridge.aiq;

/**
 * AIQ knows this phone or e-mail (AIQ: section 7.3, shape [U]).
 *
 * @param contactId AIQ's contact id, null when the answer has none
 * @param member    whether they are in the loyalty programme, null when the answer says too little to tell
 */
public record Lookup(String contactId, Boolean member) {
    @Override
    public String toString() {
        return "Lookup";
    }
}
