package aiqbridge.storefront;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlOneThingAloneTest extends OneThingAloneTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
