package aiqbridge.pos;

import aiqbridge.Databases;

class UnicentaOnPostgresqlTest extends UnicentaContract {
    @Override
    SampleTill till() {
        return new UnicentaTill(Databases.postgresql());
    }
}
