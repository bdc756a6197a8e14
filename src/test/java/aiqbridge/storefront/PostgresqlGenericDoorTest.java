package aiqbridge.storefront;

import aiqbridge.Databases;

class PostgresqlGenericDoorTest extends GenericDoorTest {
    @Override
    String[] settings() {
        return Databases.postgresqlStore();
    }
}
