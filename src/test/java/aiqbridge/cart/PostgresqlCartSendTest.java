package aiqbridge.cart;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlCartSendTest extends CartSendTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
