package aiqbridge.pos;

import aiqbridge.Databases;

class OsposOnMariadbTest extends PosContract {
    @Override
    SampleTill till() {
        return new OsposTill(Databases.mariadb());
    }
}
