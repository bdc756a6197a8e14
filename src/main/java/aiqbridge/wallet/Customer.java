package aiqbridge.wallet;

import aiqbridge.aiq.Priority;
import aiqbridge.api.Caller;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Masked;
import aiqbridge.privacy.Phone;

/**
 * Whom a caller means, by phone, e-mail or both. The hashes stand for them where their text must not.
 *
 * @param storefront  whether the caller is a shop
 * @param subjectHash of the phone where there is one, else of the e-mail
 */
public record Customer(
        String connection,
        String accountId,
        boolean storefront,
        Priority priority,
        Phone phone,
        Email email,
        String subjectHash,
        String phoneHash,
        String emailHash)
        implements AboutCustomer {
    static Customer of(Caller caller, boolean storefront, Phone phone, Email email) {
        String account = caller.accountId();
        return new Customer(
                caller.connection(),
                account,
                storefront,
                Priority.PERSON,
                phone,
                email,
                Identity.hash(account, phone != null ? phone : email),
                Identity.hash(account, phone),
                Identity.hash(account, email));
    }

    /** For calls that neither a checkout nor a redemption needs. */
    public Customer unhurried() {
        return new Customer(
                connection, accountId, storefront, Priority.REPORT, phone, email, subjectHash, phoneHash, emailHash);
    }

    /** By the phone alone. */
    public Customer byPhone() {
        return new Customer(connection, accountId, storefront, priority, phone, null, phoneHash, phoneHash, null);
    }

    /** By the e-mail alone. */
    public Customer byEmail() {
        return new Customer(connection, accountId, storefront, priority, null, email, emailHash, null, emailHash);
    }

    /** Null when they gave neither. */
    Masked subject() {
        return phone != null ? phone : email;
    }

    @Override
    public Customer customer() {
        return this;
    }
}
