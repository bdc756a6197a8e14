package aiqbridge.privacy;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.regex.Pattern;

/**
 * What must not stand in a log, an error or a trace: {@code toString} shows enough to recognise it by, and no more. Only who hands it to AIQ, to
 * a database or back to its owner takes {@link #plain}.
 */
public interface Masked {
    Pattern EMAIL = Pattern.compile("([^\\s@<>\"(),:;])[^\\s@<>\"(),:;]*@[^\\s@<>\"(),:;]+");

    /** The 00 before a country code; 011 is known where numbers are looked for. */
    Pattern ABROAD = Pattern.compile("(?<![0-9+])00[- ]?(?=[1-9])(?=(?:[0-9][-. ()]*){8})");

    String plain();

    /** Null stays null. */
    static String plain(Masked one) {
        return one == null ? null : one.plain();
    }

    /** The end of the phone or the beginning of the e-mail, for example {@code …0100} or {@code a…@…}. */
    static String customer(Object phone, Object email) {
        return phone != null ? end(plain(phone)) : email != null ? beginning(plain(email)) : "unknown";
    }

    static String end(String phone) {
        return "…" + phone.substring(Math.max(0, phone.length() - 4));
    }

    static String beginning(String email) {
        return email.isEmpty() ? "" : email.substring(0, 1) + "…@…";
    }

    private static String plain(Object text) {
        return text instanceof Masked masked ? masked.plain() : text.toString();
    }

    /** What somebody wrote, with every phone and e-mail in it masked. */
    static String text(String text) {
        String written = ABROAD.matcher(text).replaceAll("+");
        StringBuilder masked = new StringBuilder();
        int end = 0;
        for (PhoneNumberMatch phone : PhoneNumberUtil.getInstance()
                .findNumbers(written, "US", PhoneNumberUtil.Leniency.POSSIBLE, Long.MAX_VALUE)) {
            masked.append(written, end, phone.start()).append(end(phone.rawString()));
            end = phone.end();
        }
        return EMAIL.matcher(masked.append(written.substring(end))).replaceAll("$1…@…");
    }
}
