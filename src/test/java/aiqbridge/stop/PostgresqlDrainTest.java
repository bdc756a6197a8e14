package aiqbridge.stop;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlDrainTest extends DrainTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
