package aiqbridge.aiq;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address AIQ gave for one redemption, believed only as far as routes/redemption/README.md section 2.2 allows: https (http to loopback alone),
 * exactly the host and port of {@code aiq.base-url}, no user-info, query or fragment, the account's uid, and behind it only segments that can be read in one way.
 *
 * @param rawPath the path as AIQ wrote it, byte for byte
 */
public record RedemptionUrl(String rawPath) {
    private static final int LONGEST = 2_000;
    /** What every server on the way reads alike: no parameters, and percent signs only before what is visible and divides nothing. */
    private static final Pattern SEGMENT = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,=:@-]"
            + "|%2[01246-9a-eA-E]|%3[0-9acdeACDE]|%4[0-9a-fA-F]|%5[0-9abdefABDEF]|%6[0-9a-fA-F]|%7[0-9a-eA-E])+");

    private static final Pattern DOTS = Pattern.compile("(?:\\.|%2[eE0])+");

    /** The URL is not one that may be called; the message names the host and the property that was wrong. */
    public static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param knownPath the form in which AIQ's redemption URLs are known, with {@code {uid}}; AIQ: section 3.1 [C]
     * @throws Refused when any property is not as it must be
     */
    public static RedemptionUrl parse(String text, URI base, String knownPath, String uid) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            throw new Refused("the redemption URL is missing or longer than " + LONGEST + " characters");
        }
        if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f) || text.indexOf('\\') >= 0) {
            throw new Refused("the redemption URL contains invalid characters");
        }
        URI url;
        try {
            url = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new Refused("the redemption URL cannot be parsed");
        }
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        check(host.equals(base.getHost()), host, "host");
        check(
                base.getScheme().equals(url.getScheme()) && ("https".equals(url.getScheme()) || loopback(host)),
                host,
                "scheme");
        check(port(url) == port(base), host, "port");
        check(url.getRawUserInfo() == null && !url.getRawAuthority().contains("@"), host, "user-info");
        check(url.getRawQuery() == null, host, "query");
        check(url.getRawFragment() == null, host, "fragment");
        String path = url.getRawPath();
        String known = knownPath.substring(0, knownPath.indexOf("{uid}"));
        check(path.startsWith(known), host, "path");
        String account = knownPath.replace("{uid}", uid);
        check(path.startsWith(account), host, "uid");
        String rest = path.substring(account.length());
        for (String segment : (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1)) {
            check(SEGMENT.matcher(segment).matches(), host, "spelling");
            check(!DOTS.matcher(segment).matches(), host, "dot segments");
        }
        return new RedemptionUrl(path);
    }

    /** The path to call: with the till's transaction id as one more segment, or as it is when there is none. */
    public String path(String transactionId) {
        return transactionId == null ? rawPath : rawPath + (rawPath.endsWith("/") ? "" : "/") + segment(transactionId);
    }

    /** One path segment: every byte but {@code A-Z a-z 0-9 - _ ~} is percent-encoded. */
    static String segment(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'A' && c <= 'Z'
                    || c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '~') {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    private static void check(boolean good, String host, String property) {
        if (!good) {
            throw new Refused("the redemption URL to host '" + host + "' is refused for its " + property);
        }
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    private static boolean loopback(String host) {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    }

    @Override
    public String toString() {
        return "RedemptionUrl";
    }
}
