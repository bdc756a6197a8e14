package aiqbridge.customer;

import aiqbridge.Databases;

/** The same sign-ups with the bridge's own database on PostgreSQL. */
class PostgresqlSignUpTest extends SignUpTest {
    @Override
    String[] store() {
        return Databases.postgresqlStore();
    }
}
