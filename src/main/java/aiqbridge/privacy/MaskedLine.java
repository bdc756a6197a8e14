package aiqbridge.privacy;

import java.util.regex.Pattern;
import org.apache.camel.spi.MaskingFormatter;

/**
 * A line that a route writes to the log: what looks like a person or a secret in it is masked, for whoever writes {@code ${body}} into it may not know
 * what comes by. It knows a secret by its name or its form alone; what a route carries masks itself.
 */
public final class MaskedLine implements MaskingFormatter {
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\"']?(?:[a-z_-]*(?:password|secret|token|api-?key|authorization|cookie|signature)|(?<![a-z])(?:code|pin|(?:first|last|full)_?name|name))[\"']?\\s*[:=]\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|(?:Bearer |Basic )?[^\\s,;}\\]&]+)");
    private static final Pattern CALLER_KEY = Pattern.compile("aiqb_[0-9A-Za-z_]+");
    private static final Pattern REDEMPTION_URL = Pattern.compile("(?i)(/redeem(?:/|%2F))[^\\s\"',}\\]]+");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w.-])(?:\\+|00)?(?:\\(\\d{3}\\)[ .-]?|\\d{3}[ .-]?)\\d{3}[ .-]?\\d{2,7}(\\d{2})(?![\\w.-])");

    @Override
    public String format(String line) {
        String masked = NAMED.matcher(line).replaceAll("$1…");
        masked = CALLER_KEY.matcher(masked).replaceAll("aiqb_…");
        masked = REDEMPTION_URL.matcher(masked).replaceAll("$1…");
        masked = Masked.EMAIL.matcher(masked).replaceAll("$1…@…");
        return PHONE.matcher(masked).replaceAll("…$1");
    }
}
