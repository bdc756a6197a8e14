package aiqbridge.storefront.door;

import java.sql.Types;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * A webhook that is worth keeping: one row of the inbox.
 *
 * @param key     the same for the same delivery, whoever sends it again
 * @param topic   null where the kind names none
 * @param headers a JSON object of the headers that the kind's mapping may want
 */
record Delivery(
        String kind,
        String connection,
        String key,
        String topic,
        String contentType,
        String headers,
        String body,
        long receivedAt) {
    /** Its types are said, as the database would be asked for the type of each null. */
    SqlParameterSource row() {
        return new MapSqlParameterSource()
                .addValue("connection", connection, Types.VARCHAR)
                .addValue("delivery_key", key, Types.VARCHAR)
                .addValue("source", "webhook", Types.VARCHAR)
                .addValue("topic", topic, Types.VARCHAR)
                .addValue("content_type", contentType, Types.VARCHAR)
                .addValue("headers", headers, Types.VARCHAR)
                .addValue("body", body, Types.VARCHAR)
                .addValue("received_at", receivedAt, Types.BIGINT);
    }

    @Override
    public String toString() {
        return "Delivery[" + connection + "]";
    }
}
