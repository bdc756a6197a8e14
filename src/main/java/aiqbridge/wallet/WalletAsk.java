package aiqbridge.wallet;

import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
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

    @Override
    public String accountId() {
        return customer.accountId();
    }

    @Override
    public Priority priority() {
        return customer.priority();
    }

    @Override
    public Phone phone() {
        return customer.phone();
    }

    @Override
    public Email email() {
        return customer.email();
    }
}
