package aiqbridge.pos;

import aiqbridge.Databases;

class UnicentaOnPostgresqlTest extends PosContract {
    @Override
    SampleTill till() {
        return new UnicentaTill(Databases.postgresql());
    }
}
