package aiqbridge.reconcile;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlReconcileTest extends ReconcileTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
