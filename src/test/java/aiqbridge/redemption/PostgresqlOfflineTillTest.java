package aiqbridge.redemption;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlOfflineTillTest extends OfflineTillTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
