package aiqbridge.storefront.api;

import aiqbridge.Databases;

/** The same with the bridge's own database on PostgreSQL. */
class PostgresqlStorefrontAskTest extends StorefrontAskTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
