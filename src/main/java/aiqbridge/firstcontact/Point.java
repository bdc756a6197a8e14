package aiqbridge.firstcontact;

/**
 * One thing that the bridge believes about AIQ and that no page of AIQ's says: the assumptions of routes/redemption/README.md section 1.3, and what
 * routes/aiq/README.md tags as inferred or unknown.
 */
public enum Point {
    D("life, 1.3", "Whatever a call does, it does within aiq.effect-within."),
    L("life, 1.3", "A wallet shows every effect within aiq.wallet-lag."),
    R("life, 1.3", "Reports and timelines show every effect within aiq.report-lag."),
    S("life, 1.3", "AIQ's clock is known from its answers, within aiq.clock-error."),
    C("life, 1.3", "Every answer names the customer by the same contact id."),
    P("life, 1.3", "A redemption lowers the balance by exactly its points and is one row in AIQ's books."),
    U("life, 1.3", "A single-use discount that was redeemed is no longer offered."),
    ENVELOPE("1.3", "A failure comes in AIQ's envelope: errors, code, success."),
    WRONG_KEY("1.4", "A wrong key is answered with 401 or 403."),
    OTHER_STATUSES("1.4", "405 is a wrong method, 5xx a fault at AIQ."),
    LIMIT("1.4", "Over the rate limit AIQ answers 429, and the call was not run."),
    LIMIT_SCOPE("1.5", "The limits are per key; a 429 says in Retry-After how long to wait."),
    IDENTITY("2.1", "Where phone and e-mail name different customers, one of them alone is asked for."),
    WALLET_CONTACT("2.1", "A wallet that is read without a code names the contact."),
    WALLET_FIELDS("2.1", "A wallet has loyaltyPoints and discountTemplates, each with its id, price and address."),
    EXPIRATION("2.1", "The time when a discount expires is in Unix seconds."),
    FURTHER_FIELDS("2.1", "What a discount's further fields are called: stacking, minimum spend, cooldown, start."),
    NOBODY("2.1", "For somebody unknown, a wallet answers 400, 404 or null."),
    LOCKED("2.1", "A discount that the customer cannot afford is listed."),
    CODE("2.3", "A code is sent by text or e-mail and opens the wallet; how long it lives."),
    CODE_ONCE("2.4", "A code opens one wallet."),
    TRANSACTION(
            "3.1", "The till's transaction id is one more segment of the redemption URL, and shows in AIQ's books."),
    REDEMPTION_URL("3.1", "A redemption URL is on AIQ's host, in the known form."),
    REDEMPTION_ID("3.1", "The answer to a redemption has its id, under a known name."),
    SECOND_PUT("3.1", "A second PUT of the same address takes nothing again where the discount is single-use."),
    REDEEM_ERRORS("3.1", "What AIQ will not redeem, it answers with 400, 403 or 404."),
    TOKEN_LIFE("3.1", "A redemption URL is good for as long as it takes to use it."),
    REVERSAL("3.2", "A redemption is reversed by aiq.reverse-method and aiq.reverse-path."),
    REVERSAL_RESTORES("3.2", "A reversed single-use discount is offered again."),
    SECOND_REVERSAL("3.2", "What a second reversal of the same redemption does."),
    ADJUSTMENT("3.3", "An adjustment moves the balance by aiq.adjust-points-field; a second one moves it again."),
    TIMELINE("3.4", "The timeline lists a redemption under the known names."),
    REDEMPTIONS_REPORT("3.4", "The redemptions report lists it under the known names."),
    ADJUSTMENTS_REPORT("3.4", "The adjustments report lists an adjustment with our note."),
    SIGN_UP("5.1", "A phone or an e-mail is enough to sign up; the answer names the contact."),
    SIGN_UP_EXISTING("5.1", "The answer to a sign-up says whether AIQ knew the contact before."),
    CONSENT("5.3", "AIQ keeps no time and wording of a consent."),
    CART("6.2", "The body of an abandoned cart is the one that config/aiq-cart.jslt builds."),
    SALES("7.1", "The brand's till feeds AIQ its sales; the bridge sends none."),
    LOOKUP("7.3", "A look-up names the contact and says whether it is a member."),
    LOOKUP_NOBODY("7.3", "A look-up says positively that AIQ knows nobody, as aiq.lookup-not-found has it."),
    WEBHOOKS("7.6", "AIQ tells nobody of what happens; the bridge reads.");

    private final String section;
    private final String belief;

    Point(String section, String belief) {
        this.section = section;
        this.belief = belief;
    }

    /** Of routes/aiq/README.md; {@code life, 1.3} is that of routes/redemption/README.md. */
    public String section() {
        return section;
    }

    public String belief() {
        return belief;
    }
}
