package aiqbridge.pos;

/** The same where it writes Sales Invoices, as 16 does unless POS Settings say otherwise. */
class Erpnext16OnMariadbTest extends ErpnextOnMariadbTest {
    @Override
    ErpnextTill open(String url) {
        return new ErpnextTill(url, 16, true);
    }
}
