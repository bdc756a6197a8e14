package aiqbridge.retention;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlRetentionTest extends RetentionTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
