package aiqbridge.pos;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlLateSalesTest extends LateSalesTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
