package aiqbridge.aiq;

import aiqbridge.account.Account;
import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.privacy.SecretUrl;
import java.math.BigDecimal;

/** What AIQ is asked, and for which account; each operation names what it needs besides. A flow's own records are asks: nothing is copied for a call. */
public interface AiqAsk {
    String accountId();

    Priority priority();

    /** The till or the shop that it has to do with, null for none: a stop of it stops the call. */
    default String connection() {
        return null;
    }

    /** The shop where that is another one, null for none. */
    default String shop() {
        return null;
    }

    /** Epoch milliseconds after which it must not leave any more, null for no such limit. */
    default Long sendBefore() {
        return null;
    }

    /** An account that is not stored yet, null for the stored one of {@link #accountId}. */
    default Account entered() {
        return null;
    }

    /** A read that needs nothing but the account. */
    record OfAccount(String accountId, Priority priority) implements AiqAsk {}

    /** The same of an account that need not be stored; a person waits. */
    record OfEntered(Account entered) implements AiqAsk {
        @Override
        public String accountId() {
            return entered.accountId();
        }

        @Override
        public Priority priority() {
            return Priority.PERSON;
        }
    }

    /** Of a customer: the phone where there is one, else the e-mail. */
    interface OfCustomer extends AiqAsk {
        Phone phone();

        Email email();
    }

    interface WithCode extends OfCustomer {
        Code code();
    }

    /** A new member; null leaves a field as AIQ has it. */
    interface OfNewMember extends OfCustomer {
        String location();

        String firstName();

        String lastName();

        Boolean smsOptIn();

        Boolean emailOptIn();
    }

    interface OfRedemption extends AiqAsk {
        SecretUrl redemptionUrl();

        /** The sale that AIQ writes on the redemption, null for none. */
        String transactionId();
    }

    interface OfReversal extends AiqAsk {
        String contactId();

        String discountId();

        String aiqRedemptionId();

        BigDecimal points();

        /** Ours, by which an adjustment is found again. */
        String reference();
    }

    /** Of a time, epoch milliseconds. */
    interface Between extends AiqAsk {
        long from();

        long to();
    }

    /**
     * An abandoned cart. Times are epoch milliseconds.
     *
     * @param items a JSON list
     * @param total null where the shop gave none
     */
    record OfCart(
            String accountId,
            Priority priority,
            Long sendBefore,
            String cartId,
            String connection,
            String location,
            Phone phone,
            Email email,
            String url,
            String currency,
            BigDecimal total,
            String items,
            long abandonedAt,
            long changedAt)
            implements AiqAsk {}

    /** What AIQ reports of all contacts. */
    record Period(String accountId, Priority priority, long from, long to) implements Between {}

    /** What AIQ reports of one contact. */
    record PeriodOfContact(String accountId, Priority priority, long from, long to, String contactId)
            implements Between {}
}
