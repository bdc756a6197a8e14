package aiqbridge.customer;

import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAnswer.Outcome;
import aiqbridge.aiq.Lookup;
import aiqbridge.aiq.SignedUp;
import aiqbridge.aiq.Wallet;
import aiqbridge.api.Problem;
import aiqbridge.wallet.WalletSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a sign-up may do (routes/README.md section 5): anybody can type anybody's phone, so that nothing of a customer who was there before is shown,
 * renamed or joined to another phone or e-mail.
 */
public final class SignUp {

    /** One ask for each identity the customer gave. */
    public List<Map<String, Object>> identities(Map<String, Object> ask) {
        List<Map<String, Object>> identities = new ArrayList<>();
        for (String kind : given(ask)) {
            Map<String, Object> one = new HashMap<>();
            one.put("account_id", ask.get("account_id"));
            one.put("priority", ask.get("priority"));
            one.put(kind, ask.get(kind));
            identities.add(one);
        }
        return identities;
    }

    /**
     * What AIQ is to be told. AIQ joins all identities of one sign-up in one contact, so that they go together only if they were nobody's, or are one
     * customer's already; else the phone goes alone, without a name.
     *
     * @param answers of the look-ups, in the order of {@link #identities}
     * @param known   what we have under either identity, this sign-up included: phone_hash, email_hash of each sign-up, nothing of a contact
     */
    public Map<String, Object> told(Map<String, Object> ask, List<AiqAnswer> answers, List<Map<String, Object>> known) {
        boolean nobodys = answers.stream().allMatch(a -> a.outcome() == Outcome.NOT_FOUND)
                && known.stream().allMatch(k -> samePair(ask, k));
        ask.put("new", nobodys);
        ask.put("fresh", nobodys && known.size() == 1);
        Map<String, Object> told = new HashMap<>(ask);
        if (!nobodys) {
            told.remove("first_name");
            told.remove("last_name");
            // unticked here does not take back what they agreed to elsewhere
            told.remove("sms_opt_in", false);
            told.remove("email_opt_in", false);
            if (given(ask).size() == 2 && !oneCustomers(answers)) {
                told.remove("email");
                told.remove("email_opt_in");
            }
        }
        ask.put("joined", given(told));
        return told;
    }

    /**
     * Whether the wallet may be looked at without a code.
     *
     * @throws Problem 503 when AIQ may or may not have done it: a repeated sign-up does no harm; 422 when it refused
     */
    public boolean done(Map<String, Object> ask, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                SignedUp signedUp = (SignedUp) answer.value();
                ask.put("contact_id", signedUp.contactId());
                return Boolean.TRUE.equals(ask.get("fresh")) && signedUp.contactId() != null && !signedUp.existing();
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
    public boolean theirs(Map<String, Object> ask, AiqAnswer wallet, List<AiqAnswer> answers) {
        Object contact = ask.get("contact_id");
        return wallet.outcome() == Outcome.DONE
                && contact.equals(((Wallet) wallet.value()).contactId())
                && answers.stream()
                        .allMatch(a -> a.outcome() == Outcome.DONE
                                && (((Lookup) a.value()).contactId() == null
                                        || contact.equals(((Lookup) a.value()).contactId())));
    }

    public Map<String, Object> codeRequired(Map<String, Object> ask) {
        return answer(ask, true);
    }

    /** @param wallet as any opened wallet is answered */
    public Map<String, Object> opened(Map<String, Object> ask, Map<String, Object> wallet) {
        Map<String, Object> answer = answer(ask, false);
        answer.put("wallet", wallet);
        return answer;
    }

    private static Map<String, Object> answer(Map<String, Object> ask, boolean codeRequired) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("signedUp", true);
        answer.put("codeRequired", codeRequired);
        answer.put("joined", ask.get("joined"));
        return answer;
    }

    private static List<String> given(Map<String, Object> ask) {
        return List.of("phone", "email").stream()
                .filter(kind -> ask.get(kind) != null)
                .toList();
    }

    private static boolean samePair(Map<String, Object> ask, Map<String, Object> known) {
        return Objects.equals(ask.get("phone_hash"), known.get("phone_hash"))
                && Objects.equals(ask.get("email_hash"), known.get("email_hash"));
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
