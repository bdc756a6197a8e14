package aiqbridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.support.JdbcUtils;

/** Rows as records; what a record takes as the database has it is asked for as that. */
final class LedgerRows<T extends Record> extends DataClassRowMapper<T> {
    LedgerRows(Class<T> type) {
        super(type);
    }

    @Override
    protected Object getColumnValue(ResultSet row, int column, Class<?> type) throws SQLException {
        return type == Object.class
                ? JdbcUtils.getResultSetValue(row, column)
                : super.getColumnValue(row, column, type);
    }
}
