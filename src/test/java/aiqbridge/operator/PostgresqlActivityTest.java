package aiqbridge.operator;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlActivityTest extends ActivityTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
