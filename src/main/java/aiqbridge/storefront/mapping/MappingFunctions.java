package aiqbridge.storefront.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an {@code events.jslt} may call beside JSLT's own functions. None of them fails on what a shop sends: what cannot be read is null.
 * <ul>
 * <li>{@code id(v)}: a text or number that names something, as text; null for "", "0" and 0, with which shops say "none"
 * <li>{@code text(v)}: a text or number as trimmed text; null for ""
 * <li>{@code plain(v)}: the same without HTML tags and entities
 * <li>{@code decimal(v)}: an amount or quantity in whole units, of any shape: 71, "71.00", "1.234,50 €", "&amp;#36;71.00"
 * <li>{@code minor(v, currency?)}: an amount in the currency's smallest unit (cents unless the currency says otherwise): 7100, "7100"
 * <li>{@code total(list)}: the sum of what {@code decimal} reads in a list
 * <li>{@code time(v, zone?)}: epoch milliseconds of epoch seconds or milliseconds, ISO 8601, "yyyy-MM-dd HH:mm:ss" or RFC 2822; a time without a zone is one of {@code zone}, of UTC without it
 * <li>{@code parameter(url, name)}: a query parameter of an address, decoded once
 * <li>{@code base64(v)}: the text that was encoded, also when the encoding was percent-encoded on its way, and without what was put behind it
 * <li>{@code step(status)}: how far along an order is, below a second: to be added to a version that is a time in whole seconds, so that of two bodies of one second the later counts
 * <li>{@code first(list)}: the first of a list that is not null
 * <li>{@code list(v)}: a list without its nulls; of an object its values (PHP writes some lists so); of anything else an empty one
 * </ul>
 */
final class MappingFunctions {
    private static final int LONGEST = 65_536;
    private static final List<String> STEPS = List.of("open", "paid", "completed", "cancelled", "refunded", "deleted");
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");

    private MappingFunctions() {}

    static List<Function> all() {
        return List.of(
                function("id", 1, 1, p -> text(id(p[0]))),
                function("text", 1, 1, p -> text(text(p[0]))),
                function("plain", 1, 1, p -> text(plain(text(p[0])))),
                function("decimal", 1, 1, p -> number(decimal(p[0]))),
                function("minor", 1, 2, p -> number(minor(p[0], p.length == 2 ? text(p[1]) : null))),
                function("total", 1, 1, p -> number(total(p[0]))),
                function("time", 1, 2, p -> moment(ShopTime.read(p[0], zone(p)))),
                function("parameter", 2, 2, p -> text(parameter(text(p[0]), text(p[1])))),
                function("base64", 1, 1, p -> text(base64(text(p[0])))),
                function("step", 1, 1, p -> LongNode.valueOf(100L * (STEPS.indexOf(p[0].asText()) + 1))),
                function("first", 1, 1, p -> first(p[0])),
                function("list", 1, 1, p -> list(p[0])));
    }

    private static String id(JsonNode value) {
        String id = text(value);
        return id == null
                        || value.isBoolean()
                        || id.equals("0")
                        || value.isNumber() && value.decimalValue().signum() == 0
                ? null
                : id;
    }

    private static String text(JsonNode value) {
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            return null;
        }
        String text = (value.isBigDecimal() ? ShopMoney.written(value.decimalValue()) : value.asText()).strip();
        return text.isEmpty() || text.length() > LONGEST ? null : text;
    }

    private static String plain(String text) {
        return text == null
                ? null
                : HtmlEntities.decode(TAG.matcher(text).replaceAll(" "))
                        .replaceAll("[\\s\u00a0]+", " ")
                        .strip();
    }

    private static BigDecimal decimal(JsonNode value) {
        return value.isNumber()
                ? ShopMoney.sane(value.decimalValue())
                : value.isTextual() ? ShopMoney.read(plain(value.asText())) : null;
    }

    private static BigDecimal minor(JsonNode value, String currency) {
        BigDecimal amount = decimal(value);
        return amount == null ? null : amount.movePointLeft(places(currency));
    }

    private static int places(String currency) {
        try {
            return currency == null
                    ? 2
                    : Math.max(
                            0,
                            Currency.getInstance(currency.toUpperCase(java.util.Locale.ROOT))
                                    .getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }

    private static BigDecimal total(JsonNode value) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode part : value) {
            BigDecimal amount = decimal(part);
            sum = amount == null ? sum : sum.add(amount);
        }
        return sum;
    }

    private static ZoneId zone(JsonNode[] parameters) {
        return parameters.length == 2 && parameters[1].isTextual() ? ZoneId.of(parameters[1].asText()) : ZoneOffset.UTC;
    }

    private static String parameter(String url, String name) {
        if (url == null || name == null) {
            return null;
        }
        Matcher found =
                Pattern.compile("[?&]" + Pattern.quote(name) + "=([^&#]*)").matcher(url);
        return found.find() ? unescaped(found.group(1)) : null;
    }

    private static String base64(String text) {
        String encoded = text;
        for (int i = 0; i < 3 && encoded != null && encoded.contains("%"); i++) {
            encoded = unescaped(encoded.replace("+", "%2B"));
        }
        if (encoded == null) {
            return null;
        }
        try {
            return new String(
                    Base64.getDecoder()
                            .decode(encoded.strip()
                                    .replace(' ', '+')
                                    .replace('-', '+')
                                    .replace('_', '/')
                                    .replaceAll("(?s)[^A-Za-z0-9+/].*$", "")),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String unescaped(String text) {
        try {
            return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode first(JsonNode values) {
        for (JsonNode value : values) {
            if (!value.isNull()) {
                return value;
            }
        }
        return NullNode.instance;
    }

    private static JsonNode list(JsonNode value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (value.isContainerNode()) {
            value.forEach(one -> {
                if (!one.isNull()) {
                    list.add(one);
                }
            });
        }
        return list;
    }

    private static JsonNode text(String text) {
        return text == null || text.isEmpty() ? NullNode.instance : TextNode.valueOf(text);
    }

    private static JsonNode number(BigDecimal number) {
        return number == null ? NullNode.instance : DecimalNode.valueOf(number);
    }

    private static JsonNode moment(Long millis) {
        return millis == null ? NullNode.instance : LongNode.valueOf(millis);
    }

    private static Function function(
            String name, int least, int most, java.util.function.Function<JsonNode[], JsonNode> what) {
        return new Function() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public int getMinArguments() {
                return least;
            }

            @Override
            public int getMaxArguments() {
                return most;
            }

            @Override
            public JsonNode call(JsonNode context, JsonNode[] parameters) {
                return what.apply(parameters);
            }
        };
    }
}
