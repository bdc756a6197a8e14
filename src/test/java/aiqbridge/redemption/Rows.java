package aiqbridge.redemption;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/** Records from a few of their columns, and their components by the columns' names. */
public final class Rows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Rows() {}

    /** What is not named is null or 0. */
    public static <T extends Record> T of(Class<T> type, Map<String, Object> columns) {
        return JSON.convertValue(columns, type);
    }

    public static Map<String, Object> told(Record record) {
        Map<String, Object> columns = new HashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(record);
                columns.put(
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT),
                        value instanceof Enum<?> one ? one.name() : value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return columns;
    }
}
