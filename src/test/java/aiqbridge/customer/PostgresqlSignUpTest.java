package aiqbridge.customer;

import aiqbridge.Databases;

/** The same sign-ups with the bridge's own database on PostgreSQL. */
class PostgresqlSignUpTest extends SignUpTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
