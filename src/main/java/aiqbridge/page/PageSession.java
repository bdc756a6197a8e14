package aiqbridge.page;

/**
 * Somebody who is signed in.
 *
 * @param key       the row's: the hash of the cookie's token
 * @param csrf      what every form of this session carries
 * @param notice    a sentence for the next page, or null
 * @param confirmed whether the password was given a moment ago ({@code page.confirm-after})
 * @param due       what comes before every page, or null
 */
public record PageSession(String key, String user, Role role, String csrf, String notice, boolean confirmed, Due due) {
    /** What somebody who has given their password still has to do. */
    public enum Due {
        /** Give a code of their second factor. */
        CODE("/sign-in/code"),
        /** Set up a second factor, which their role requires. */
        SECOND_FACTOR("/second-factor");

        private final String page;

        Due(String page) {
            this.page = page;
        }

        String page() {
            return page;
        }
    }

    /** What may be shown of it. */
    String id() {
        return id(key);
    }

    static String id(String key) {
        return key.substring(0, 16);
    }

    @Override
    public String toString() {
        return "PageSession[" + user + "]";
    }
}
