package aiqbridge.customer;

import aiqbridge.aiq.AiqAsk;
import aiqbridge.wallet.AboutCustomer;
import aiqbridge.wallet.Customer;
import java.util.List;

/**
 * Who signs up, and what they agreed to. What is null AIQ is not told.
 *
 * @param smsOptIn whether they ticked the box, null when it does not concern them; {@code emailOptIn} alike
 */
public record NewMember(
        Customer customer,
        String location,
        String firstName,
        String lastName,
        Boolean smsOptIn,
        Boolean emailOptIn,
        List<Consent> consents)
        implements AiqAsk.OfNewMember, AboutCustomer {
    /** Without a name; and what is unticked here does not take back what they agreed to elsewhere. */
    NewMember nameless() {
        return new NewMember(customer, location, null, null, ticked(smsOptIn), ticked(emailOptIn), consents);
    }

    private static Boolean ticked(Boolean box) {
        return Boolean.TRUE.equals(box) ? box : null;
    }

    /** Without the e-mail and what concerns it. */
    NewMember byPhone() {
        return new NewMember(customer.byPhone(), location, firstName, lastName, smsOptIn, null, consents);
    }

    @Override
    public String toString() {
        return "NewMember[" + customer + "]";
    }
}
