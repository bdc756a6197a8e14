package aiqbridge.wallet;

import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;

/** What a caller asks about one customer, and what limits count it for. */
public interface AboutCustomer extends AiqAsk.OfCustomer {
    Customer customer();

    @Override
    default String accountId() {
        return customer().accountId();
    }

    @Override
    default String connection() {
        return customer().connection();
    }

    @Override
    default Priority priority() {
        return customer().priority();
    }

    @Override
    default Phone phone() {
        return customer().phone();
    }

    @Override
    default Email email() {
        return customer().email();
    }
}
