package aiqbridge.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that AIQ has not documented, each as a switch with its careful default (tags as in routes/aiq/README.md section 0: [U] unknown, [I] inferred, [C?] unproved). */
final class SimulatorSwitches {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> meanings = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> ofAccounts = new HashMap<>();
    private Map<String, String> ofAccount = Map.of();

    SimulatorSwitches() {
        define("unknown-customer", "404", "[I] what verify, view and wallet answer for nobody: 404, 400 or null-data");
        define(
                "non-member",
                "nobody",
                "[I] what verify, view and wallet answer for a contact who is no member: nobody (as for a stranger) or wallet");
        define("same-phone", "first", "[U] which of two contacts with the same phone is meant: first or last");
        define(
                "identity-wins",
                "phone",
                "[U] whose wallet it is when phone and e-mail name different contacts: phone or email");
        define(
                "redemption-reply",
                "object",
                "[U] the redemption id comes as: object (several names), redemptionID, redemptionId, id, string or empty");
        define("second-put", "400", "[I] a single-use discount redeemed again: 400, 404 or 200 (no effect)");
        define("expired-token", "404", "[I] an unknown or expired redemption token: 404 or 400");
        define("token-life-ms", "0", "[U] how long a redemption URL is good; 0 is for ever");
        define("wallet-has-contact-id", "true", "[U] POST /wallet names the contactID");
        define("null-lists", "false", "[C] empty lists are null");
        define("unknown-fields", "false", "[I] answers carry fields nobody knows");
        define(
                "missing-data",
                "",
                "[I] operations whose answers have an envelope without data, with commas between; * for all, empty for none");
        define(
                "locked-listed",
                "true",
                "[I] discounts the contact cannot use now (points, locked, resting after the last time) are listed with available false");
        define("points-fraction", "false", "[D] points come as a fraction, 100.0 for 100");
        define("report-lag-ms", "0", "[U] how long a redemption or adjustment is missing from the reports");
        define(
                "timeline-lag-ms",
                "",
                "[U] how long it is missing from the contact's timeline; empty: as from the reports");
        define("wallet-lag-ms", "0", "[U] how long a wallet shows the balance and the single-use discounts of before");
        define(
                "effect-delay-ms",
                "",
                "[U] how much later a call that moves points has its effect, by the simulator's clock, where a fault answers before it; empty: never");
        define("wallet-voids-tokens", "false", "[U] a wallet that is read voids the redemption URLs of the one before");
        define("clock-ahead-ms", "0", "[U] how far AIQ's clock is ahead, of its answers and of its books");
        define("report-id-name", "redemptionID", "[U] the name of the id in report rows");
        define("report-contact-name", "contactID", "[C] cntID in adjustments: the name of the contact in report rows");
        define("report-has-transaction", "true", "[U] the redemptions report names the POS transaction");
        define("reversal", "yes", "[U] the reversal call: yes, 404, 405 or 400");
        define("second-reversal", "400", "[U] the same redemption reversed again: 400 or 200 (no effect)");
        define("reversal-restores", "true", "[I] a reversed single-use discount is in the wallet again");
        define(
                "reversal-seen-in",
                "timeline",
                "[U] a reversal is a row of the timeline, and of a report too: timeline (alone), redemptions or adjustments");
        define("negative-resets", "true", "[D] a balance below 0 is set to 0");
        define("uid-must-fit", "true", "[I] another UID in the path than the key's is 403");
        define("pin-life-ms", "600000", "[U] how long a code is good");
        define("pin-tries", "5", "[U] wrong tries before a code is void");
        define("pin-once", "true", "[U] a code opens one wallet");
        define(
                "pin-to-opted-out",
                "true",
                "[U] a customer who opted out of texts is sent the code all the same; false: 400");
        define("master-pin", "", "[D] a code that always works; empty for none");
        define(
                "lookup-reply",
                "object",
                "[U] what the lookup answers for a contact: object (contactID and loyalty) or bare (data is OK)");
        define(
                "lookup-non-member",
                "object",
                "[U] what the lookup answers for a contact who is no member: object (as lookup-reply, loyalty false) or nobody (as unknown-customer)");
        define("signup-says-existing", "false", "[U] the sign-up's answer tells whether the contact existed before");
        define(
                "optin-after-optout",
                "200",
                "[U] an opt-in of somebody who opted out has no effect and answers: 200 or 400");
        define(
                "sale-delay-ms",
                "3600000",
                "[D] how long a sale waits until it is processed, by the simulator's clock; up to a day");
        define(
                "points-per-dollar",
                "1",
                "[I] points a member earns for each dollar of a sale, and gives back for each dollar returned");
        define(
                "sale-update",
                "replaces",
                "[U] the lines of a sale that is sent again under its pos_id: replaces or adds");
        define(
                "sale-refund-reverses",
                "false",
                "[U] a sale that comes to nothing reverses the redemptions with its transaction id");
        define("cart-dedupe", "false", "[U] a cart sent again under its cartID is answered and not kept again");
        define("per-second", "5", "[C] calls per second and key; 0 is no limit");
        define("per-minute", "120", "[C] calls per minute and key; 0 is no limit");
        define("per-hour", "2000", "[C] calls per hour and key; 0 is no limit");
        define("date-offset-ms", "0", "[U] how far the Date of the answers is from the clock of the books");
        define("answer-age", "", "[I] seconds that answers lay in a cache, as Age; empty for none");
        define("retry-after", "", "[U] seconds in Retry-After of a 429; empty for none");
    }

    private void define(String name, String value, String meaning) {
        values.put(name, value);
        meanings.put(name, meaning);
    }

    /** Whose call is answered from now on; null for nobody's. */
    void answers(String uid) {
        ofAccount = ofAccounts.getOrDefault(uid, Map.of());
    }

    String text(String name) {
        return ofAccount.getOrDefault(name, values.get(name));
    }

    boolean on(String name) {
        return text(name).equals("true");
    }

    /** Whether a switch that lists operations has this one. */
    boolean has(String name, String operation) {
        List<String> listed = List.of(text(name).split("\\s*,\\s*"));
        return listed.contains("*") || listed.contains(operation);
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    /** @param uid the account that it is for, null for all that have none of their own */
    void set(String uid, String name, String value) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("there is no switch " + name);
        }
        (uid == null ? values : ofAccounts.computeIfAbsent(uid, u -> new HashMap<>())).put(name, value);
    }

    Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, Map.of("value", value, "meaning", meanings.get(name))));
        return all;
    }
}
