package aiqbridge.customer;

import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAnswer.Outcome;
import aiqbridge.aiq.Lookup;
import aiqbridge.aiq.SignedUp;
import aiqbridge.aiq.Wallet;
import aiqbridge.api.Problem;
import aiqbridge.wallet.AboutCustomer;
import aiqbridge.wallet.Customer;
import aiqbridge.wallet.ShownWallet;
import aiqbridge.wallet.WalletSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a sign-up may do (routes/README.md section 5): anybody can type anybody's phone, so that nothing of a customer who was there before is shown,
 * renamed or joined to another phone or e-mail.
 */
public final class SignUp {

    /** One ask for each identity the customer gave. */
    public List<Customer> identities(AboutCustomer ask) {
        Customer customer = ask.customer();
        List<Customer> identities = new ArrayList<>();
        if (customer.phone() != null) {
            identities.add(customer.byPhone());
        }
        if (customer.email() != null) {
            identities.add(customer.byEmail());
        }
        return identities;
    }

    /**
     * What AIQ is to be told. AIQ joins all identities of one sign-up in one contact, so that they go together only if they were nobody's, or are one
     * customer's already; else the phone goes alone, without a name.
     *
     * @param answers of the look-ups, in the order of {@link #identities}
     * @param known   what we have under either identity, this sign-up included
     */
    public Joining told(NewMember ask, List<AiqAnswer> answers, List<KnownPair> known) {
        boolean nobodys = answers.stream().allMatch(a -> a.outcome() == Outcome.NOT_FOUND)
                && known.stream().allMatch(pair -> samePair(ask.customer(), pair));
        NewMember told = ask;
        if (!nobodys) {
            told = told.nameless();
            if (given(ask).size() == 2 && !oneCustomers(answers)) {
                told = told.byPhone();
            }
        }
        return new Joining(ask, told, nobodys, nobodys && known.size() == 1, given(told), null, false);
    }

    /**
     * With the contact that AIQ made of them.
     *
     * @throws Problem 503 when AIQ may or may not have done it: a repeated sign-up does no harm; 422 when it refused
     */
    public Joining done(Joining joining, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return joining.done((SignedUp) answer.value());
            case REFUSED:
                throw new Problem(
                        422,
                        "sign-up-refused",
                        "AIQ does not sign this customer up; perhaps it does not accept this phone or e-mail.");
            default:
                throw WalletSession.unavailable(answer);
        }
    }

    /**
     * The wallet is the new contact's, and the look-ups that knew nobody before know that contact now: without this a look-up that is wrongly set, and
     * therefore never finds anybody, would open everybody's wallet.
     */
    public boolean theirs(Joining joining, AiqAnswer wallet, List<AiqAnswer> answers) {
        String contact = joining.contactId();
        return wallet.outcome() == Outcome.DONE
                && contact.equals(((Wallet) wallet.value()).contactId())
                && answers.stream()
                        .allMatch(a -> a.outcome() == Outcome.DONE
                                && (((Lookup) a.value()).contactId() == null
                                        || contact.equals(((Lookup) a.value()).contactId())));
    }

    public SignUpAnswer codeRequired(Joining joining) {
        return new SignUpAnswer(true, true, joining.joined(), null);
    }

    /** @param wallet as any opened wallet is answered */
    public SignUpAnswer opened(Joining joining, ShownWallet wallet) {
        return new SignUpAnswer(true, false, joining.joined(), wallet);
    }

    private static List<String> given(NewMember ask) {
        List<String> given = new ArrayList<>();
        if (ask.phone() != null) {
            given.add("phone");
        }
        if (ask.email() != null) {
            given.add("email");
        }
        return given;
    }

    private static boolean samePair(Customer customer, KnownPair known) {
        return Objects.equals(customer.phoneHash(), known.phoneHash())
                && Objects.equals(customer.emailHash(), known.emailHash());
    }

    private static boolean oneCustomers(List<AiqAnswer> answers) {
        return answers.stream()
                                .map(a -> a.value() instanceof Lookup l ? l.contactId() : null)
                                .distinct()
                                .count()
                        == 1
                && answers.get(0).value() instanceof Lookup first
                && first.contactId() != null;
    }
}
