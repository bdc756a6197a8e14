package aiqbridge.page;

import aiqbridge.Databases;

/** The same tills and shops with the bridge's own database on PostgreSQL. */
class PostgresqlConnectionsPageTest extends ConnectionsPageTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
