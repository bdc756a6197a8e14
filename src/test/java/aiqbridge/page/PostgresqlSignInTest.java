package aiqbridge.page;

import aiqbridge.Databases;

/** The same visitors with the bridge's own database on PostgreSQL. */
class PostgresqlSignInTest extends SignInTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
