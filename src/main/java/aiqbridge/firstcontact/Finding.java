package aiqbridge.firstcontact;

/**
 * What became of a point.
 *
 * @param detail what was seen, in one clause; names no customer
 */
public record Finding(Verdict verdict, String detail) {
    public enum Verdict {
        CONFIRMED("confirmed"),
        DIFFERS("differs"),
        NOT_SEEN("not seen");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
