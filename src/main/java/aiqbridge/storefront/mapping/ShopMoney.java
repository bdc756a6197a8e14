package aiqbridge.storefront.mapping;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as shops write them for people: with a currency before or behind, grouped by comma, dot, blank or apostrophe. */
final class ShopMoney {
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d+(?:[.,'’\\s]\\d+)*");
    private static final int MOST_DIGITS = 15;

    private ShopMoney() {}

    /** The first amount in a text; null when there is none, or none that can be meant. */
    static BigDecimal read(String text) {
        if (text == null || text.length() > 500) {
            return null;
        }
        Matcher found = FIRST_NUMBER.matcher(text);
        if (!found.find() || text.substring(found.end()).matches("(?s)[eE][-+]?\\d.*")) {
            return null;
        }
        String number = pointed(found.group().replaceAll("['’\\s]", ""));
        boolean negative = Pattern.compile("[-−(]\\s*\\D{0,8}$")
                .matcher(text.substring(0, found.start()))
                .find();
        if (number == null || number.length() > 2 * MOST_DIGITS) {
            return null;
        }
        BigDecimal amount = new BigDecimal(number);
        return sane(negative ? amount.negate() : amount);
    }

    /** With a decimal point and no grouping. A single separator groups when it is a comma before exactly three digits; of two kinds the last one is the point. */
    private static String pointed(String number) {
        int comma = number.lastIndexOf(',');
        int dot = number.lastIndexOf('.');
        if (comma < 0 && dot < 0) {
            return number;
        }
        char last = comma > dot ? ',' : '.';
        int at = Math.max(comma, dot);
        boolean both = comma >= 0 && dot >= 0;
        boolean several = number.indexOf(last) != at;
        if (both && several) {
            return null;
        }
        boolean groups =
                several || !both && last == ',' && number.length() - at == 4 && at <= 3 && number.charAt(0) != '0';
        return groups
                ? number.replace(String.valueOf(last), "")
                : number.substring(0, at).replaceAll("[.,]", "") + "." + number.substring(at + 1);
    }

    /** The number, or null when it has more digits before or behind its point than any amount: such numbers cost memory to write out. */
    static BigDecimal sane(BigDecimal number) {
        return Math.abs((long) number.scale()) > 2 * MOST_DIGITS
                        || (long) number.precision() - number.scale() > MOST_DIGITS
                ? null
                : number;
    }

    /** Without an exponent, if it can be written so in few digits. */
    static String written(BigDecimal number) {
        return sane(number) == null ? number.toString() : number.toPlainString();
    }
}
