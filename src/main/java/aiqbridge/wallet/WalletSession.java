package aiqbridge.wallet;

import aiqbridge.Settings;
import aiqbridge.account.ConsentText;
import aiqbridge.account.ConsentTexts;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Wallet;
import aiqbridge.api.Problem;
import aiqbridge.wallet.ShownWallet.ShownDiscount;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Our short-lived copy of what AIQ offers a customer; the redemption URLs stay behind in AIQ's answer. */
public final class WalletSession {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ConsentTexts consentTexts;
    private final Clock clock;
    private final Duration life;

    public WalletSession(ConsentTexts consentTexts, Settings settings, Clock clock) {
        this.consentTexts = consentTexts;
        this.clock = clock;
        this.life = settings.duration("wallet.session-life");
    }

    /** Nothing to tell but that the code went out. */
    public record CodeSent(boolean sent) {}

    /** What whom AIQ does not know is told: what they would agree to. */
    private record SignUpPossible(boolean signUpPossible, ConsentText.Shown consentText) {}

    /** Whether a code went out, as far as anybody knows. */
    public boolean mayBeOut(AiqAnswer answer) {
        return switch (answer.outcome()) {
            case NOT_FOUND, REFUSED -> false;
            default -> !answer.neverLeft();
        };
    }

    public CodeSent codeSent(AboutCustomer ask, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return new CodeSent(true);
            case NOT_FOUND, REFUSED:
                throw customerUnknown(ask.customer());
            default:
                throw unavailable(answer);
        }
    }

    private Problem customerUnknown(Customer customer) {
        return new Problem(
                        404, "customer-unknown", "AIQ knows no customer with this phone or e-mail; they can sign up.")
                .with(new SignUpPossible(true, consentTexts.answer(customer.accountId(), null)));
    }

    /**
     * @param sentAt of the code that is out, one or none
     * @return the same
     * @throws Problem 403 when no code went out lately, or it was tried too often
     */
    public long codeExpected(List<Long> sentAt) {
        if (sentAt.isEmpty()) {
            throw new Problem(
                    403,
                    "no-code-expected",
                    "No code was sent in the last ten minutes, or it was tried too often. Request a new one.");
        }
        return sentAt.get(0);
    }

    /** The row of a new session with the contact behind it. */
    public Session row(WalletAsk ask, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return row(ask, (Wallet) answer.value());
            case NOT_FOUND, REFUSED:
                throw ask.code() != null
                        ? new Problem(403, "code-wrong", "The code is wrong or has expired.")
                        : customerUnknown(ask.customer());
            default:
                throw unavailable(answer);
        }
    }

    private Session row(WalletAsk ask, Wallet wallet) {
        Customer customer = ask.customer();
        long now = clock.millis();
        return new Session(
                UUID.randomUUID().toString(),
                customer.accountId(),
                customer.connection(),
                customer.phone(),
                // the other identity, which nobody has proved, stays out of the contact
                customer.phone() == null || ask.both() ? customer.email() : null,
                wallet.contactId() != null
                        ? "aiq:" + wallet.contactId()
                        : customer.subject().plain(),
                UUID.randomUUID().toString(),
                null,
                wallet.contactId(),
                wallet.points(),
                wallet.pointsHidden() ? 1 : 0,
                json(wallet.offered(), ask),
                now,
                now + life.toMillis(),
                now);
    }

    /**
     * The session's row with the surrogate under which its customer is known.
     *
     * @param keys the contact's, one
     */
    public Session known(Session session, List<String> keys) {
        return session.of(keys.get(0));
    }

    private static String json(List<Discount> discounts, WalletAsk ask) {
        try {
            return JSON.writeValueAsString(
                    discounts.stream().map(d -> KeptDiscount.of(d, ask)).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The discounts of a session's row. */
    public static List<KeptDiscount> discounts(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the caller sees of a session: points absent when the brand hides them, and for each discount whether it can be used and why not.
     *
     * @param open the customer's open redemptions
     */
    public ShownWallet answer(Session session, List<OpenRedemption> open) {
        BigDecimal promised = OpenRedemption.points(open);
        BigDecimal points = session.points() == null ? null : Points.of(session.points());
        BigDecimal free = points == null ? null : points.subtract(promised);
        return new ShownWallet(
                session.sessionId(),
                Instant.ofEpochMilli(session.expiresAt()).toString(),
                points,
                points == null ? null : promised,
                discounts(session.discounts()).stream()
                        .map(d -> ShownDiscount.of(d, unusable(d, free, open), free))
                        .toList());
    }

    /**
     * The reason why a discount cannot be used now, null when it can; AIQ: section 2.1, last paragraph.
     *
     * @param discount of a session, with the subtotal of the order where the caller gave one
     * @param free     points that are not promised elsewhere, null when the brand hides them
     */
    public String unusable(KeptDiscount discount, BigDecimal free, List<OpenRedemption> open) {
        if (discount.implausible() != null) {
            return "implausible";
        }
        boolean again = open.stream().anyMatch(r -> r.discountId().equals(discount.id()));
        if (again && !discount.reusable()) {
            return "already-chosen";
        }
        if (discount.storefront() && discount.inStoreOnly()) {
            return "in-store-only";
        }
        if (discount.storefront() && discount.unmapped()) {
            return "unmapped";
        }
        if (discount.expiresAt() != null && discount.expiresAt() <= clock.millis()) {
            return "expired";
        }
        if (free != null && free.compareTo(Points.of(discount.points())) < 0) {
            return "points-missing";
        }
        if (!discount.available()) {
            return "locked";
        }
        BigDecimal subtotal = KeptDiscount.amount(discount.subtotal());
        BigDecimal minimum = KeptDiscount.amount(discount.minimumSpend());
        if (subtotal != null && minimum != null && subtotal.compareTo(minimum) < 0) {
            return "minimum-spend";
        }
        BigDecimal maximum = KeptDiscount.amount(discount.maximumSpend());
        if (subtotal != null && maximum != null && subtotal.compareTo(maximum) > 0) {
            return "maximum-spend";
        }
        return null;
    }

    /** AIQ gave no answer that can be used: 503, and when to come again. */
    public static Problem unavailable(AiqAnswer answer) {
        Duration wait = answer.retryAfter() == null ? Duration.ofSeconds(5) : answer.retryAfter();
        return answer.outcome() == AiqAnswer.Outcome.UNAUTHORIZED
                ? new Problem(
                                503,
                                "account-paused",
                                "AIQ does not accept this account's API key at present. Continue without loyalty, or try again.")
                        .after(Duration.ofMinutes(1))
                : Problem.tryAgain(wait, "AIQ cannot be reached right now. Continue without loyalty, or try again.");
    }
}
