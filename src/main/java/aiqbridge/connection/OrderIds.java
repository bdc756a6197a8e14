package aiqbridge.connection;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a kind of shop writes what names its orders: {@code id.<sort>} of its {@code kind.properties}, a pattern whose first group is what two spellings of one id have in common, but for capitals
 * where it begins with {@code (?i)};
 * and {@code id.refused.<word>}, a form that names no order, with what to send instead. A kind that says nothing takes every id as it is.
 */
public final class OrderIds {
    /** The sorts of name: its own id, its cart's, its checkout's, and what people call it (#1001). */
    public static final List<String> SORTS = List.of("order", "cart", "checkout", "name");

    private final Map<String, Pattern> forms = new TreeMap<>();
    private final Map<Pattern, String> refused = new java.util.LinkedHashMap<>();

    private OrderIds() {}

    /**
     * An id that a caller gave.
     *
     * @param value what it has in common with other spellings of it
     * @param sort  null where it may be of several
     * @param known whether the kind knows its form
     */
    public record Id(String value, String sort, boolean known) {}

    /** @throws StartRefused when a pattern cannot be used */
    public static OrderIds of(Settings kind) {
        OrderIds ids = new OrderIds();
        Settings all = kind.under("id.");
        for (String key :
                all.asProperties().stringPropertyNames().stream().sorted().toList()) {
            if (SORTS.contains(key)) {
                ids.forms.put(key, pattern(key, all.text(key), 1));
            } else if (key.matches("refused[.][a-z-]+")) {
                ids.refused.put(pattern(key, all.text(key), 0), all.text(key + ".instead"));
            } else if (!key.matches("refused[.][a-z-]+[.]instead")) {
                throw new StartRefused(
                        "The key id." + key + " is not known.",
                        "Known are id.order, id.cart, id.checkout, id.name, id.refused.<word> and id.refused.<word>.instead.");
            }
        }
        return ids;
    }

    private static Pattern pattern(String key, String text, int groups) {
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.matcher("").groupCount() >= groups) {
                return pattern;
            }
        } catch (PatternSyntaxException e) {
            // said below
        }
        throw new StartRefused(
                "The key id." + key + " is not a pattern" + (groups == 1 ? " with a group that is the id." : "."),
                "For example: id.cart = ([a-z0-9-]+)(?:\\\\?.*)?");
    }

    /** A name of that sort, as it is compared with others. */
    public String comparable(String sort, String id) {
        Matcher form = forms.containsKey(sort) && id != null ? forms.get(sort).matcher(id) : null;
        if (form == null || !form.matches()) {
            return id;
        }
        return form.pattern().pattern().startsWith("(?i)") ? form.group(1).toLowerCase(Locale.ROOT) : form.group(1);
    }

    /** What to send instead of something that names no order of that sort (null: of any); empty where it may name one. */
    public Optional<String> refused(String id, String sort) {
        Optional<String> instead = refused.entrySet().stream()
                .filter(form -> form.getKey().matcher(id).matches())
                .map(Map.Entry::getValue)
                .findFirst();
        if (instead.isPresent() || sort == null) {
            return instead;
        }
        List<String> fitting = fitting(id);
        return fitting.isEmpty() || fitting.contains(sort) || !forms.containsKey(sort)
                ? Optional.empty()
                : Optional.of("It has the form of: " + String.join(", ", fitting) + ".");
    }

    /** @param sort as the caller says, null where it does not */
    public Id read(String id, String sort) {
        List<String> fitting = fitting(id);
        if (sort != null) {
            return new Id(comparable(sort, id), sort, forms.isEmpty() || fitting.contains(sort));
        }
        boolean one = fitting.size() == 1 && forms.size() > 1;
        List<String> spellings =
                fitting.stream().map(fit -> comparable(fit, id)).distinct().toList();
        return new Id(
                spellings.size() == 1 ? spellings.get(0) : id,
                one ? fitting.get(0) : null,
                forms.isEmpty() || !fitting.isEmpty());
    }

    private List<String> fitting(String id) {
        return forms.entrySet().stream()
                .filter(form -> form.getValue().matcher(id).matches())
                .map(Map.Entry::getKey)
                .toList();
    }
}
