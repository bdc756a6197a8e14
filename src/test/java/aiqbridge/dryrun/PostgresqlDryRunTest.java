package aiqbridge.dryrun;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlDryRunTest extends DryRunTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
