package aiqbridge.storefront;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlStorefrontAskTest extends StorefrontAskTest {
    @Override String[] store() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres", "store.pool", "8"};
    }
}
