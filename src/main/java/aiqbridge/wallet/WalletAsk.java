package aiqbridge.wallet;

import aiqbridge.aiq.AiqAsk;
import aiqbridge.privacy.Code;
import java.math.BigDecimal;

/**
 * A wallet that is to be opened.
 *
 * @param code     null where none is needed
 * @param subtotal of the order to be, after its other discounts; null when the caller did not say
 * @param both     phone and e-mail are this customer's, as AIQ showed: else the one that was not asked by stays out of the contact
 */
public record WalletAsk(Customer customer, Code code, BigDecimal subtotal, boolean both)
        implements AiqAsk.WithCode, AboutCustomer {
    /** Of a new member, whose identities were nobody's before. */
    public static WalletAsk ofNewMember(Customer customer) {
        return new WalletAsk(customer, null, null, true);
    }
}
