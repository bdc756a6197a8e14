package aiqbridge.pos;

import aiqbridge.Databases;

class ViewOnMariadbTest extends PosContract {
    @Override
    SampleTill till() {
        return new ViewTill(Databases.mariadb());
    }
}
