package aiqbridge.operator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Why a redemption or a reversal is where it is, in words that people who sell use, and what to do about it. Whatever a statement or a bean writes as a reason, a flag or a wish for a reversal, and
 * whatever the view {@code needs_look} finds, has its words here: a test reads the sources for it.
 */
public final class Reasons {
    private static final String LEAVE = "Nothing: it has ended.";
    private static final Map<String, Reason> ALL = all();

    private Reasons() {}

    /**
     * @param words  a sentence or two
     * @param action what a person does about it
     */
    public record Reason(String words, String action) {}

    /** One that nobody knows is shown as it stands in the database. */
    public static Reason of(String reason) {
        return ALL.getOrDefault(
                String.valueOf(reason),
                new Reason(
                        reason == null ? "The reason is not known." : reason, "Read what happened, and look in AIQ."));
    }

    public static Set<String> known() {
        return ALL.keySet();
    }

    private static Map<String, Reason> all() {
        Map<String, Reason> all = new LinkedHashMap<>();
        undecided(all);
        discountGiven(all);
        flagged(all);
        waiting(all);
        givenBack(all);
        ended(all);
        return Collections.unmodifiableMap(all);
    }

    private static void undecided(Map<String, Reason> all) {
        put(
                all,
                "unclear",
                "It was sent, and AIQ's answer stayed unclear.",
                "Look in AIQ at this customer's points first, then say what you saw.");
        put(
                all,
                "merged",
                "AIQ's wallet of this phone is another contact's now: perhaps two contacts were merged.",
                "Look in AIQ at both contacts' points, then say what you saw.");
        put(
                all,
                "taken-twice",
                "AIQ shows it more often than it was sent.",
                "Look in AIQ which of its redemptions is this one, and give back in AIQ what was taken too much.");
        put(
                all,
                "shown-differently",
                "AIQ shows this sale's redemption under another customer or discount.",
                "Look in AIQ at that redemption: if it is this one, say that AIQ took the points, and put right in AIQ whose they were.");
        put(
                all,
                "sent-too-often",
                "AIQ answers but does nothing, however often it is sent.",
                "No points were moved. Ask AIQ why; then have it sent once more, or release it.");
        put(
                all,
                "price-changed",
                "The reward's price in points has changed since it was promised.",
                "Have it redeemed once AIQ has the promised price again, or settle it with the customer and release it.");
        put(
                all,
                "other-contact",
                "Two people may share this phone.",
                "Find out in AIQ whose wallet it is now. If it is the customer's own, have it redeemed.");
        put(
                all,
                "customer-unknown",
                "AIQ no longer knows this customer.",
                "Look for the customer in AIQ: perhaps two contacts were merged.");
        put(
                all,
                "forbidden-url",
                "AIQ gave an address that the bridge does not trust.",
                "Compare aiq.base-url with the address in the history; tell AIQ if it is not theirs.");
        put(
                all,
                "note-on-two-sales",
                "The note is on more than one sale.",
                "Say which sale it belongs to, and have it redeemed.");
        put(
                all,
                "several-notes",
                "The notes of several rewards are on one sale.",
                "Ask the store which discounts the customer got: have those redeemed, and release the others.");
        put(
                all,
                "twin-sale",
                "The till seems to have this sale twice.",
                "Compare both sales in the till: if they are one, leave this reward with one of them and release it or leave it as taken here; if they are two, decide for this one.");
        put(
                all,
                "several-successors",
                "The sale was deleted, and more than one sale may have taken its place.",
                "Look at these sales in the till: if the discount is on one of them, the points stay taken; otherwise give them back.");
        put(all, "several-sales", "More than one sale fits.", "Say which sale it belongs to, and have it redeemed.");
        put(
                all,
                "other-customer",
                "The sale belongs to another customer.",
                "Ask the store. If the customer who chose the reward got the discount, have it redeemed; otherwise release it.");
        put(
                all,
                "discount-not-on-sale",
                "The sale does not show the discount.",
                "If the customer did not get the discount, their points belong to them: release it, or give them back.");
    }

    private static void discountGiven(Map<String, Reason> all) {
        String settle = "Settle it with the customer or in AIQ: it is never sent again.";
        put(all, "discount-gone", "AIQ no longer offers this reward to the customer.", settle);
        put(all, "discount-locked", "AIQ has locked this reward.", settle);
        put(all, "points-short", "The customer no longer had enough points.", settle);
        put(
                all,
                "refused",
                "AIQ refused.",
                "No points were moved. Settle it with the customer or in AIQ; a reversal can be sent once more.");
    }

    private static void flagged(Map<String, Reason> all) {
        put(
                all,
                "executed-unseen",
                "AIQ said that it took the points, and its report has not shown it for twice as long as it should take.",
                "Look in AIQ at this customer's points: were they taken? If not, take them there by hand, or settle it with the customer.");
        put(
                all,
                "taken-after-all",
                "AIQ's records did not show it in time, so it was sent again; now they show the first one, too.",
                "Look in AIQ at this customer's points, and give back there what was taken too much. Nothing of the account is sent again before you release it: aiq-bridge brake list.");
        put(
                all,
                "twin-keeps-discount",
                "Its points were given back, and after that the till delivered the same sale once more.",
                "Compare both sales in the till: if the customer kept the discount, take the points in AIQ by hand, or settle it with the customer.");
        put(
                all,
                "refund-unclear",
                "The till has a refund that may be of this sale or of another one.",
                "Look at the refund in the till, find out which sale it is of, and if it is this one, give its points back.");
        put(
                all,
                "order-again",
                "An order arrived, or became active again, after its points were due to be given back.",
                "If the order stands, its points stay taken; where they are back already, or never were taken, take them in AIQ by hand.");
        put(
                all,
                "order-unheard",
                "For a day it could not be found out whether an order stands for it: the shop does not answer, or something that it said waits or is parked.",
                "Look for its order in the shop. If there is one, its points stay taken; if not, give them back. aiq-bridge inbox shows what waits.");
        put(
                all,
                "cart-id-unknown",
                "The shop gave a cart id of a form that is not known of this kind of shop; perhaps no order ever names it.",
                "Look whether its order was found. If not, ask the shop's developers which id they send as cartId.");
        put(
                all,
                "completed-again",
                "The sale was completed again after its points were given back.",
                "The customer has the discount: take the points in AIQ by hand, or settle it with the customer.");
        put(
                all,
                "points-not-shown",
                "AIQ took the points, and the till's database refuses to show them on the sale: they do not fit, or a rule of its own forbids it.",
                "Shorten the sale's comment or ask the till's owner, then have them written again; the ledger has them either way.");
        put(
                all,
                "sale-after-release",
                "It was released, and its sale was completed all the same: the customer may have the discount, and no points were taken.",
                "Look at the sale in the till. If the discount is on it, take the points in AIQ by hand, or settle it with the customer.");
        put(
                all,
                "partly-returned",
                "A part of the sale was returned.",
                "If the points should go back all the same, give them back.");
        put(
                all,
                "partly-refunded",
                "A part of the order was refunded.",
                "If the points should go back all the same, give them back.");
    }

    private static void waiting(Map<String, Reason> all) {
        String account =
                "Is AIQ out, the account paused, or is it stopped (aiq-bridge stop list)? It continues automatically once AIQ can be reached and nothing is stopped.";
        put(
                all,
                "waits-for-sale",
                "It has waited for its sale or order for longer than is usual here.",
                "Look for the sale in the till: is it completed, at the same location? If it never comes, this is released automatically.");
        put(
                all,
                "waits-for-payment",
                "Its order has stood unpaid for two weeks, and its points stay promised.",
                "Look for the order in the shop: is it paid, or will it ever be? Cancel it there if not.");
        put(
                all,
                "not-made-due",
                "Its sale is completed or its order paid, and it is not sent all the same.",
                "Is the till read, and the order received? aiq-bridge check says what is wrong with the connection.");
        put(all, "waits-to-be-sent", "It has waited to be sent for longer than is usual here.", account);
        put(
                all,
                "waits-for-evidence",
                "It was sent, AIQ's answer was unclear, and for longer than usual AIQ's own records have not settled it.",
                "Wait, or look in AIQ at this customer's points: you can decide once it is parked. Does AIQ's redemption report answer?");
        put(all, "reversal-waits", "Its points have waited to be given back for longer than is usual here.", account);
        put(
                all,
                "reversal-waits-for-evidence",
                "AIQ was asked to give its points back, its answer was unclear, and for longer than usual AIQ's own records have not settled it.",
                "Wait, or look in AIQ at this customer's points: you can decide once it is parked.");
        put(
                all,
                "reversal-not-made",
                "Its sale or order was reversed, and its points are not being given back.",
                "Is the brake engaged (aiq-bridge brake list), or the till no longer read?");
    }

    private static void givenBack(Map<String, Reason> all) {
        put(
                all,
                "contact-unknown",
                "AIQ's id of the customer is unknown.",
                "Give the points back in AIQ by hand, then mark it as done.");
        put(all, "sale reversed", "The sale was reversed.", "Give the points back, or say that they stay taken.");
        put(
                all,
                "sale deleted",
                "The till no longer has the sale.",
                "Ask the store whether the sale was deleted on purpose. If it was, give the points back; otherwise they stay taken.");
        put(
                all,
                "sale id used again",
                "The till may have given the id of this sale to another one, which was reversed.",
                "Find out which of the two sales was reversed. If it was this one, give the points back; otherwise they stay taken.");
        put(
                all,
                "sale partly returned",
                "A part of the sale was returned.",
                "Give the points back, or say that they stay taken.");
        put(
                all,
                "order partly refunded",
                "A part of the order was refunded.",
                "Give the points back, or say that they stay taken.");
        put(
                all,
                "order cancelled",
                "The order was cancelled or wholly refunded.",
                "Give the points back, or say that they stay taken.");
        put(
                all,
                "order-deleted",
                "Its order was deleted after it was paid, before the points were taken: the customer may have the discount.",
                "Find out in the shop whether somebody only tidied up. If so, take the points in AIQ by hand; if not, release it.");
        put(
                all,
                "order deleted",
                "The order was deleted after it was paid or handed over.",
                "Find out in the shop whether somebody only tidied up. Give the points back, or say that they stay taken.");
        put(all, "no order", "No order followed.", "Give the points back, or say that they stay taken.");
        put(
                all,
                "released by the shop",
                "The shop released it and gave no discount.",
                "Give the points back, or say that they stay taken.");
        put(all, "by a person", "A person wanted it.", "Nothing, unless AIQ says otherwise.");
        put(all, "left as taken", "A person left the points taken.", LEAVE);
    }

    private static void ended(Map<String, Reason> all) {
        put(all, "expired", "No sale or order came in time.", LEAVE);
        put(all, "by the caller", "The till or the shop released it.", LEAVE);
        put(all, "not sent", "Nobody waited for it any longer, and nothing was sent.", LEAVE);
        put(all, "not executed", "A person saw in AIQ that no points were taken.", LEAVE);
        put(all, "redeemed by the till itself", "The till redeemed it itself.", LEAVE);
    }

    private static void put(Map<String, Reason> all, String reason, String words, String action) {
        if (all.put(reason, new Reason(words, action)) != null) {
            throw new IllegalStateException("The reason " + reason + " has two sets of words.");
        }
    }
}
