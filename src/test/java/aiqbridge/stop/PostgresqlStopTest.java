package aiqbridge.stop;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlStopTest extends StopTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
