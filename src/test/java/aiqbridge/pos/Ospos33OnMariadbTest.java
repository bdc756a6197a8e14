package aiqbridge.pos;

import aiqbridge.Databases;

/** 3.3.0, whose payments lack what later versions have, on a server east of the shop. */
class Ospos33OnMariadbTest extends OsposContract {
    @Override
    OsposTill till() {
        return new OsposTill(Databases.mariadb(), OsposTill.Version.V3_3_0, SampleTill.ZONE, "+05:30");
    }
}
