package aiqbridge.pos;

import aiqbridge.Databases;

class UnicentaOnMariadbTest extends UnicentaContract {
    @Override
    SampleTill till() {
        return new UnicentaTill(Databases.mariadb());
    }
}
