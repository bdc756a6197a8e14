package aiqbridge.route;

import aiqbridge.NewsOnly;
import aiqbridge.privacy.Masked;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.processor.DefaultExchangeFormatter;

/**
 * What a {@code log:} endpoint shows of an exchange, whatever it is asked to show: where it is, and of each value what masks itself. Text, bytes, JSON and rows are
 * what a stranger, AIQ, a shop or a till said: of them only the kind and the size, also where a record holds them.
 */
public final class ShownExchange extends DefaultExchangeFormatter {
    private static final int MOST = 10;
    /** A longer number may be a phone. */
    private static final int DIGITS = 6;

    private static final Set<String> PLAIN = Set.of(
            "account_id",
            "accountId",
            "connection",
            "operation",
            "redemptionId",
            "status",
            "transactionId",
            "location",
            "node",
            Exchange.HTTP_METHOD,
            Exchange.CONTENT_TYPE,
            Exchange.TO_ENDPOINT,
            Exchange.FAILURE_ROUTE_ID);

    @Override
    public String format(Exchange exchange) {
        Message message = exchange.getMessage();
        Exception failed = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return "Exchange[route: " + exchange.getFromRouteId()
                + ", properties: " + shown(exchange.getProperties())
                + ", variables: " + shown(exchange.getVariables())
                + ", headers: " + shown(message.getHeaders())
                + ", body: " + shown("", message.getBody())
                + (failed == null ? "" : ", failed: " + NewsOnly.named(failed)) + "]";
    }

    private static String shown(Map<String, Object> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(one -> one.getKey() + "=" + shown(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Object held(RecordComponent part, Object record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static String shown(String name, Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Enum
                || value instanceof Masked
                || value instanceof CharSequence && PLAIN.contains(name)
                || value instanceof Number && value.toString().length() <= DIGITS) {
            return String.valueOf(value);
        }
        String kind = value.getClass().getSimpleName();
        if (value instanceof Record) {
            return Stream.of(value.getClass().getRecordComponents())
                    .map(part -> part.getName() + "=" + shown(part.getName(), held(part, value)))
                    .collect(Collectors.joining(", ", kind + "[", "]"));
        }
        if (value instanceof Collection<?> all) {
            return kind + "(" + all.size() + ")"
                    + all.stream().limit(MOST).map(one -> shown("", one)).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof CharSequence text
                ? kind + "(" + text.length() + ")"
                : value instanceof byte[] bytes ? kind + "(" + bytes.length + ")" : kind;
    }
}
