package aiqbridge.storefront.mapping;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shops send names and amounts as their pages show them: {@code Salt &amp; Pepper}, {@code &#36;71.00}. */
final class HtmlEntities {
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,7}));");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("hellip", "…"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("times", "×"),
            Map.entry("deg", "°"),
            Map.entry("trade", "™"),
            Map.entry("reg", "®"),
            Map.entry("copy", "©"),
            Map.entry("frac12", "½"),
            Map.entry("frac14", "¼"),
            Map.entry("cent", "¢"),
            Map.entry("pound", "£"),
            Map.entry("euro", "€"),
            Map.entry("yen", "¥"),
            Map.entry("dollar", "$"),
            Map.entry("eacute", "é"),
            Map.entry("egrave", "è"),
            Map.entry("agrave", "à"),
            Map.entry("ccedil", "ç"),
            Map.entry("ouml", "ö"),
            Map.entry("uuml", "ü"),
            Map.entry("auml", "ä"),
            Map.entry("ntilde", "ñ"));

    private HtmlEntities() {}

    /** An entity that is not known stays as it is. */
    static String decode(String text) {
        return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(decoded(found)));
    }

    private static String decoded(MatchResult found) {
        if (found.group(3) != null) {
            return NAMED.getOrDefault(found.group(3), found.group());
        }
        int point = found.group(1) != null ? Integer.parseInt(found.group(1)) : Integer.parseInt(found.group(2), 16);
        return Character.isValidCodePoint(point) && (point < 0xd800 || point > 0xdfff) && point > 0x1f
                ? Character.toString(point)
                : "";
    }
}
