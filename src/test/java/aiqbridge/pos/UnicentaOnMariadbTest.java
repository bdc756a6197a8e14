package aiqbridge.pos;

import aiqbridge.Databases;

class UnicentaOnMariadbTest extends PosContract {
    @Override
    SampleTill till() {
        return new UnicentaTill(Databases.mariadb());
    }
}
