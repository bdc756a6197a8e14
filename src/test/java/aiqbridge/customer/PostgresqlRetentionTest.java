package aiqbridge.customer;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlRetentionTest extends RetentionTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
