package aiqbridge.route;

import org.apache.camel.component.sql.RowMapperFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SingleColumnRowMapper;

/**
 * A statement with {@code outputClass} gives records: the column {@code account_id} becomes the component {@code accountId}. A component
 * without a column is an error, and so is a value that it cannot hold.
 */
final class RecordRows implements RowMapperFactory {
    @Override
    public RowMapper<?> newColumnRowMapper() {
        return new ColumnMapRowMapper();
    }

    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> type) {
        return BeanUtils.isSimpleValueType(type)
                ? SingleColumnRowMapper.newInstance(type)
                : DataClassRowMapper.newInstance(type);
    }
}
