package aiqbridge.operator;

import aiqbridge.Databases;

/** The same decisions with the bridge's own database on PostgreSQL. */
class PostgresqlDecisionsTest extends DecisionsTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
