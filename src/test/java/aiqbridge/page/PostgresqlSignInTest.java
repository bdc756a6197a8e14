package aiqbridge.page;

import aiqbridge.Databases;

/** The same visitors with the bridge's own database on PostgreSQL. */
class PostgresqlSignInTest extends SignInTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
