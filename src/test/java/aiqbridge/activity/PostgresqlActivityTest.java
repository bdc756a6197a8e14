package aiqbridge.activity;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlActivityTest extends ActivityTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
