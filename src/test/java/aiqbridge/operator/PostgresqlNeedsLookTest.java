package aiqbridge.operator;

import aiqbridge.Databases;

/** The same decisions with the bridge's own database on PostgreSQL. */
class PostgresqlNeedsLookTest extends NeedsLookTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
