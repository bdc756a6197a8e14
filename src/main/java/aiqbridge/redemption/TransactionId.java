package aiqbridge.redemption;

import java.util.Locale;

/** How a till and its back end may spell one transaction id: {@code 77}, {@code #77} and {@code 0077}; a UUID in either case, with or without its braces. */
public final class TransactionId {
    private TransactionId() {}

    /** The one spelling of all of these; two ids may share it, so it only finds what no exact id does. */
    public static String spelling(String id) {
        if (id == null) {
            return null;
        }
        String plain = id.toLowerCase(Locale.ROOT).replaceAll("[\\s#{}]", "");
        return plain.matches("0+[0-9]+") ? plain.replaceFirst("^0+(?=[0-9])", "") : plain;
    }
}
