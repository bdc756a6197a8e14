package aiqbridge.page;

/**
 * Somebody who is signed in.
 *
 * @param key       the row's: the hash of the cookie's token
 * @param csrf      what every form of this session carries
 * @param notice    a sentence for the next page, or null
 * @param confirmed whether the password was given a moment ago ({@code page.confirm-after})
 */
public record PageSession(String key, String user, Role role, String csrf, String notice, boolean confirmed) {
    @Override
    public String toString() {
        return "PageSession[" + user + "]";
    }
}
