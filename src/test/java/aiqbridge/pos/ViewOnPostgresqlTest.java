package aiqbridge.pos;

import aiqbridge.Databases;

class ViewOnPostgresqlTest extends PosContract {
    @Override
    SampleTill till() {
        return new ViewTill(Databases.postgresql());
    }
}
