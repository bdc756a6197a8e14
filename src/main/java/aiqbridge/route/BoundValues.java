package aiqbridge.route;

import aiqbridge.privacy.Masked;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;

/**
 * Binds a statement's parameters: {@code :#account_id} is the component {@code accountId} of the body where that is a record, a key of it where it
 * is a map, else a header. {@code :#now} is the clock's milliseconds as the statement runs, unless the body says when. A parameter that nothing binds is
 * an error. What is masked in text is bound plainly, and an enum by its name.
 */
final class BoundValues extends DefaultSqlPrepareStatementStrategy {
    /** What it binds by itself. */
    static final String CLOCK = "now";

    private static final Pattern NOW = Pattern.compile(":[#?]now\\b");
    private static final Pattern LIST = Pattern.compile(":[?]in:(\\w+)");

    /** Asked of each class once: the JVM answers anew every time, and slowly. */
    private static final ClassValue<List<Column>> COLUMNS = new ClassValue<>() {
        @Override
        protected List<Column> computeValue(Class<?> message) {
            return Arrays.stream(message.getRecordComponents()).map(Column::new).toList();
        }
    };

    private final Clock clock;

    BoundValues(Clock clock) {
        this.clock = clock;
    }

    /** A list that a record names is as good as one in a map or a header, which is all that Camel knows. */
    @Override
    public String prepareQuery(String query, boolean named, Exchange exchange) throws SQLException {
        if (exchange == null || !(exchange.getMessage().getBody() instanceof Record message)) {
            return super.prepareQuery(query, named, exchange);
        }
        Map<String, Object> values = asMap(message);
        String lists = LIST.matcher(query).replaceAll(list -> {
            Object value =
                    values.getOrDefault(list.group(1), exchange.getMessage().getHeader(list.group(1)));
            return value instanceof Collection<?> all
                    ? String.join(",", Collections.nCopies(all.size(), "?"))
                    : Matcher.quoteReplacement(list.group());
        });
        return super.prepareQuery(lists, named, exchange);
    }

    @Override
    public Iterator<?> createPopulateIterator(
            String query, String prepared, int expected, Exchange exchange, Object value) throws SQLException {
        return super.createPopulateIterator(query, prepared, expected, exchange, withNow(query, value));
    }

    private Object withNow(String query, Object value) {
        Object bound = value instanceof Record message ? asMap(message) : value;
        if (!NOW.matcher(query).find() || bound instanceof Map<?, ?> body && body.containsKey(CLOCK)) {
            return bound;
        }
        Map<Object, Object> withNow = bound instanceof Map<?, ?> body ? new HashMap<>(body) : new HashMap<>();
        withNow.put(CLOCK, clock.millis());
        return withNow;
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expected) throws SQLException {
        List<Object> plain = new ArrayList<>();
        int more = 0; // a list was counted as one value
        while (values.hasNext()) {
            Object value = values.next();
            if (value instanceof Iterator<?> list) {
                int before = plain.size();
                list.forEachRemaining(one -> plain.add(plain(one)));
                more += plain.size() - before - 1;
            } else {
                plain.add(plain(value));
            }
        }
        super.populateStatement(statement, plain.iterator(), expected + more);
    }

    private static Object plain(Object value) {
        if (value instanceof Masked masked) {
            return masked.plain();
        }
        return value instanceof Enum<?> one ? one.name() : value;
    }

    /**
     * By the names that statements use: {@code accountId} is {@code account_id}. A record that goes on with another one has that as its first component;
     * what the other says, its own components say better. A record further down is a value as any other.
     */
    static Map<String, Object> asMap(Record message) {
        Map<String, Object> all = new HashMap<>();
        List<Column> columns = COLUMNS.get(message.getClass());
        if (!columns.isEmpty() && columns.get(0).of(message) instanceof Record first && !(first instanceof Masked)) {
            all.putAll(asMap(first));
        }
        columns.forEach(column -> all.put(column.name, column.of(message)));
        return all;
    }

    /** A record's component by its name in a statement. */
    private record Column(String name, Method accessor) {
        Column(RecordComponent component) {
            this(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), component.getAccessor());
        }

        Object of(Record message) {
            try {
                return accessor.invoke(message);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(accessor + " cannot be read", e);
            }
        }
    }
}
