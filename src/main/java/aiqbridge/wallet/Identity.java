package aiqbridge.wallet;

import aiqbridge.Sha256;
import aiqbridge.privacy.Masked;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How people and tills write phones and e-mails, made comparable: E.164 without extension, e-mail trimmed and lower case. */
public final class Identity {
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>\"(),:;\\\\]{1,64}@[^\\s@<>\"(),:;\\\\.]+(\\.[^\\s@<>\"(),:;\\\\.]+)+");

    private Identity() {}

    /** E.164, or empty for what is no phone of that country or abroad; a local number without its area code is none. */
    public static Optional<String> phone(String text, String country) {
        if (text == null || text.isBlank() || text.length() > 60) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = PHONES.parse(text, country);
            number.clearExtension();
            return PHONES.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(PHONES.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
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
