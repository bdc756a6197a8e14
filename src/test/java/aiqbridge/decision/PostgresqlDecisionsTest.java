package aiqbridge.decision;

import aiqbridge.Databases;

/** The same decisions with the bridge's own database on PostgreSQL. */
class PostgresqlDecisionsTest extends DecisionsTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
