package aiqbridge.cart;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlCartHeardTest extends CartHeardTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
