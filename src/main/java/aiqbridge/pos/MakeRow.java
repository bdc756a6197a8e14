package aiqbridge.pos;

import aiqbridge.connection.PosConnection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A row as a make's statement returns it, by the aliases that routes/pos/README.md section 5 describes; databases spell them in their own case. */
final class MakeRow {
    /** In lower case it is what the statement calls the column. */
    enum Alias {
        TRANSACTION_ID,
        ORIGINAL_TRANSACTION_ID,
        KIND,
        COMPLETED_AT,
        REVERSED_AT,
        CHANGED_AT,
        TOTAL,
        AMOUNT,
        LOCATION,
        PHONE,
        EMAIL,
        CUSTOMER_ID,
        NOTE,
        REFERENCE,
        NUMBER,
        GOODS,
        WHOLE,
        CANDIDATES,
        ARRIVAL,
        STATE,
        DISCOUNT_IDS,
        DISCOUNT_TOTAL,
        EMPLOYEE;

        private final String column = name().toLowerCase(Locale.ROOT);
    }

    private final Map<Alias, Object> values = new EnumMap<>(Alias.class);
    private Alias asked;

    /** @throws AliasMissing when the statement lacks one that every make must give */
    MakeRow(PosConnection connection, Map<String, Object> columns, Alias... needed) {
        columns.forEach((column, value) -> {
            for (Alias alias : Alias.values()) {
                if (alias.column.equalsIgnoreCase(column)) {
                    values.put(alias, value);
                }
            }
        });
        for (Alias alias : needed) {
            if (!values.containsKey(alias)) {
                throw new AliasMissing(connection, alias, "is missing");
            }
        }
    }

    /** As the database gave it; null also for a column that the make leaves out. */
    Object get(Alias alias) {
        asked = alias;
        return values.get(alias);
    }

    /** The column that was asked for last: when a value cannot be read, it is that one's. */
    String asked() {
        return asked.column;
    }

    /** The make's statement does not give what every make must give. */
    static final class AliasMissing extends RuntimeException {
        AliasMissing(PosConnection connection, Alias alias, String what) {
            super("The make " + connection.make() + " of connection " + connection.name() + ": its alias "
                    + alias.column + " " + what + ".");
        }
    }
}
