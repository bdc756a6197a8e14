package aiqbridge.storefront.door;

import aiqbridge.Databases;

class PostgresqlGenericDoorTest extends GenericDoorTest {
    @Override
    String[] settings() {
        return Databases.postgresqlStore();
    }
}
