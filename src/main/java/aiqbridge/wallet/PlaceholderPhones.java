package aiqbridge.wallet;

import aiqbridge.Settings;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Numbers that tills and shops write where nobody has given one: those of the setting {@code customer.placeholder-phones}, and any of a single digit. Nobody is known by them, though AIQ may have a contact under one. */
public final class PlaceholderPhones {
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private final Set<String> numbers;

    public PlaceholderPhones(Settings settings) {
        this.numbers = Arrays.stream(
                        settings.text("customer.placeholder-phones").split(","))
                .map(number -> number.replaceAll("\\D", ""))
                .filter(number -> !number.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param e164 as {@link Identity#phone} gives it */
    public boolean holds(String e164) {
        String national = national(e164);
        return national.chars().distinct().count() == 1
                || numbers.contains(national)
                || numbers.contains(e164.substring(1));
    }

    private static String national(String e164) {
        try {
            return PHONES.getNationalSignificantNumber(PHONES.parse(e164, null));
        } catch (NumberParseException e) {
            return e164.substring(1);
        }
    }
}
