package aiqbridge.pos;

class OdooOnPostgresqlTest extends OdooContract {
    @Override
    int version() {
        return 19;
    }
}
