package aiqbridge.storefront;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlInboxWorkTest extends InboxWorkTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
