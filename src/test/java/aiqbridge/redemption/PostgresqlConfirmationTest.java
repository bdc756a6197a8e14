package aiqbridge.redemption;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlConfirmationTest extends ConfirmationTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
