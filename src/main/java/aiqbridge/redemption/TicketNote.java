package aiqbridge.redemption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The short note by which a till's ticket names its redemption: {@code AIQ-} and six characters, the last of which checks the others. Cashiers type it, so it is also read as people write it.
 *
 * @param note  in the one spelling that redemptions have
 * @param exact whether the ticket has it in that spelling, but for small letters
 */
public record TicketNote(String note, boolean exact) {
    private static final String PREFIX = "AIQ-";
    // Crockford's: no I, L, O, U
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 6;
    private static final Pattern EXACT = Pattern.compile("AIQ-[0-9A-HJKMNP-TV-Z]{6}");
    private static final Pattern WRITTEN = Pattern.compile(
            "(?<![\\p{L}\\p{N}])A[I1]Q[\\p{Pd}\u2212\u00ad\\p{Zs}\\t]?([0-9A-TV-Z]{6})(?![\\p{L}\\p{N}])");

    /** A new one; it has a digit, so that it is no word. */
    static String random(RandomGenerator random) {
        StringBuilder letters = new StringBuilder();
        do {
            letters.setLength(0);
            for (int i = 1; i < LENGTH; i++) {
                letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            letters.append(check(letters));
        } while (letters.chars().noneMatch(Character::isDigit));
        return PREFIX + letters;
    }

    /**
     * All that stand in a text, each once. Read as people write them: any dash, a blank or nothing after AIQ (or A1Q), O for 0, I and L for 1; only with a digit and the right check
     * character, so that a word after AIQ is none.
     */
    public static List<TicketNote> in(String text) {
        Map<String, TicketNote> found = new LinkedHashMap<>();
        Matcher written = WRITTEN.matcher(text == null ? "" : text.toUpperCase(Locale.ROOT));
        while (written.find()) {
            String letters =
                    written.group(1).replace('O', '0').replace('I', '1').replace('L', '1');
            boolean exact = EXACT.matcher(written.group()).matches();
            if (exact || confirmed(letters)) {
                found.merge(
                        PREFIX + letters,
                        new TicketNote(PREFIX + letters, exact),
                        (one, other) -> one.exact() ? one : other);
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean confirmed(String letters) {
        return letters.chars().anyMatch(Character::isDigit)
                && check(letters.substring(0, LENGTH - 1)) == letters.charAt(LENGTH - 1);
    }

    /** Luhn's check character modulo 32: it notices one wrong character, and nearly every two in the wrong order. */
    private static char check(CharSequence letters) {
        int sum = 0;
        int factor = 2;
        for (int i = letters.length() - 1; i >= 0; i--) {
            int addend = factor * LETTERS.indexOf(letters.charAt(i));
            sum += addend / LETTERS.length() + addend % LETTERS.length();
            factor = 3 - factor;
        }
        return LETTERS.charAt((LETTERS.length() - sum % LETTERS.length()) % LETTERS.length());
    }
}
