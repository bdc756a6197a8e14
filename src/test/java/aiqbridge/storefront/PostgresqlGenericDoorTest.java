package aiqbridge.storefront;

import aiqbridge.Databases;

class PostgresqlGenericDoorTest extends GenericDoorTest {
    @Override String[] settings() {
        return new String[] {"store.url", Databases.postgresql(), "store.username", "postgres"};
    }
}
