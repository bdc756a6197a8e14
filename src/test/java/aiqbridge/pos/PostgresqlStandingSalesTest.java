package aiqbridge.pos;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlStandingSalesTest extends StandingSalesTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
