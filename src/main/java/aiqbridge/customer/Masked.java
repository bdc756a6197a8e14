package aiqbridge.customer;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.regex.Pattern;

/** A customer where people may see enough to recognise them by, and no more. */
public final class Masked {
    private static final Pattern EMAIL = Pattern.compile("([^\\s@<>\"(),:;])[^\\s@<>\"(),:;]*@[^\\s@<>\"(),:;]+");

    private Masked() {}

    /** The end of the phone or the beginning of the e-mail, for example {@code …0100} or {@code a…@…}. */
    public static String customer(Object phone, Object email) {
        return phone != null
                ? phone(phone.toString())
                : email != null ? email.toString().substring(0, 1) + "…@…" : "unknown";
    }

    private static String phone(String phone) {
        return "…" + phone.substring(Math.max(0, phone.length() - 4));
    }

    /** What somebody wrote, with every phone and e-mail in it masked. */
    public static String text(String written) {
        StringBuilder masked = new StringBuilder();
        int end = 0;
        for (PhoneNumberMatch phone : PhoneNumberUtil.getInstance()
                .findNumbers(written, "US", PhoneNumberUtil.Leniency.POSSIBLE, Long.MAX_VALUE)) {
            masked.append(written, end, phone.start()).append(phone(phone.rawString()));
            end = phone.end();
        }
        return EMAIL.matcher(masked.append(written.substring(end))).replaceAll("$1…@…");
    }
}
