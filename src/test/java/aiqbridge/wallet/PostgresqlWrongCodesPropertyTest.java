package aiqbridge.wallet;

import aiqbridge.Databases;

/** The same attackers and victims with the bridge's own database on PostgreSQL. */
class PostgresqlWrongCodesPropertyTest extends WrongCodesPropertyTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
