package aiqbridge.pos;

import aiqbridge.Databases;

/** 3.4, whose containers run the server in UTC while OSPOS keeps the shop's own time. */
class OsposOnMariadbTest extends OsposContract {
    @Override
    OsposTill till() {
        return new OsposTill(Databases.mariadb());
    }
}
