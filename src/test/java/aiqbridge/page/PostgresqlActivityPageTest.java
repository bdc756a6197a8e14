package aiqbridge.page;

import aiqbridge.Databases;

/** The same pages with the bridge's own database on PostgreSQL. */
class PostgresqlActivityPageTest extends ActivityPageTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
