package aiqbridge.aiq;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlRefusedKeyTest extends RefusedKeyTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
