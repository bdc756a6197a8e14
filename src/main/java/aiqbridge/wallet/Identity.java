package aiqbridge.wallet;

import aiqbridge.Sha256;
import aiqbridge.privacy.Masked;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people and tills write phones and e-mails, made comparable: E.164 without extension, e-mail trimmed and lower case. */
public final class Identity {
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    /** In no address: blanks, control and broken characters, and what divides one from another. */
    private static final String NEVER = "\\s\\p{Cntrl}\\x{80}-\\x{9f}\\x{d800}-\\x{dfff}\\x{fffd}@<>\"(),:;\\\\";

    private static final Pattern EMAIL =
            Pattern.compile("[^" + NEVER + "]{1,64}@[^" + NEVER + ".]+(\\.[^" + NEVER + ".]+)+");

    /** A slash only after an area code. */
    private static final Pattern ONE_NUMBER = Pattern.compile(
            " ?(?:(?:tel|phone|cell|mobile) ?[.:]? ?)?"
                    + "(?<number>(?:\\+?1?[-. ]?\\(?[0-9]{2,5}\\)?/)?\\+?[-0-9 ().]+?)"
                    + "(?: ?[,;]? ?(?:x|ext|extn|extension|#) ?[.:=]? ?[0-9]{1,6})? ?",
            Pattern.CASE_INSENSITIVE);

    private Identity() {}

    /**
     * E.164, or empty for what is no phone of that country or abroad; a local number without its area code is none. The whole field has to be one number, perhaps
     * with a country code after {@code +}, {@code 00} or the country's own prefix, and an extension: who wrote two may mean somebody else with the second.
     */
    public static Optional<String> phone(String text, String country) {
        if (text == null || text.isBlank() || text.length() > 60) {
            return Optional.empty();
        }
        Matcher field = ONE_NUMBER.matcher(plain(text));
        if (!field.matches()) {
            return Optional.empty();
        }
        String number = field.group("number");
        return possible(number, country).or(() -> {
            String digits = number.replaceAll("[^0-9]", "");
            return digits.startsWith("00") ? possible("+" + digits.substring(2), country) : Optional.empty();
        });
    }

    private static Optional<String> possible(String text, String country) {
        try {
            PhoneNumber number = PHONES.parse(text, country);
            return PHONES.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(PHONES.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** Wide digits, dashes and spaces of all kinds as a keyboard has them, and nothing that cannot be seen. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\p{Cf}", "")
                .replaceAll("[\\p{Pd}\u2212]", "-")
                .replaceAll("\\s+", " ");
    }

    /** An identity where its text must not stand: in limits and in evidence. */
    public static String hash(String accountId, String identity) {
        return identity == null ? null : Sha256.hex(accountId + "|" + identity);
    }

    static String hash(String accountId, Masked identity) {
        return hash(accountId, Masked.plain(identity));
    }

    public static Optional<String> email(String text) {
        if (text == null || text.length() > 254) {
            return Optional.empty();
        }
        String email = text.trim().toLowerCase(Locale.ROOT);
        return EMAIL.matcher(email).matches() ? Optional.of(email) : Optional.empty();
    }
}
