package aiqbridge.redemption;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlOneAtATimeTest extends OneAtATimeTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
