package aiqbridge.cart;

import aiqbridge.Databases;

/** The same stories with the bridge's own database on PostgreSQL. */
class PostgresqlCartSendTest extends CartSendTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
