package aiqbridge.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that AIQ has not documented, each as a switch with its careful default (tags as in the reference: [U] unknown, [I] inferred, [C?] unproved). */
final class SimulatorSwitches {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> meanings = new LinkedHashMap<>();

    SimulatorSwitches() {
        define("unknown-customer", "404", "[I] what verify, view and wallet answer for nobody: 404, 400 or null-data");
        define("redemption-reply", "object", "[U] the redemption id comes as: object (several names), redemptionID, redemptionId, id, string or empty");
        define("second-put", "400", "[I] a single-use discount redeemed again: 400, 404 or 200 (no effect)");
        define("expired-token", "404", "[I] an unknown or expired redemption token: 404 or 400");
        define("token-life-ms", "0", "[U] how long a redemption URL is good; 0 is for ever");
        define("wallet-has-contact-id", "true", "[U] POST /wallet names the contactID");
        define("null-lists", "false", "[C] empty lists are null");
        define("unknown-fields", "false", "[I] answers carry fields nobody knows");
        define("locked-listed", "true", "[I] discounts the contact cannot use are listed with available false");
        define("points-fraction", "false", "[D] points come as a fraction, 100.0 for 100");
        define("report-lag-ms", "0", "[U] how long a redemption or adjustment is missing from the reports");
        define("report-id-name", "redemptionID", "[U] the name of the id in report rows");
        define("report-contact-name", "contactID", "[C] cntID in adjustments: the name of the contact in report rows");
        define("report-has-transaction", "true", "[U] the redemptions report names the POS transaction");
        define("reversal", "yes", "[U] the reversal call: yes, 404, 405 or 400");
        define("second-reversal", "400", "[U] the same redemption reversed again: 400 or 200 (no effect)");
        define("reversal-restores", "true", "[I] a reversed single-use discount is in the wallet again");
        define("negative-resets", "true", "[D] a balance below 0 is set to 0");
        define("uid-must-fit", "true", "[I] another UID in the path than the key's is 403");
        define("pin-life-ms", "600000", "[U] how long a code is good");
        define("pin-tries", "5", "[U] wrong tries before a code is void");
        define("pin-once", "true", "[U] a code opens one wallet");
        define("master-pin", "", "[D] a code that always works; empty for none");
        define("per-second", "5", "[C] calls per second and key; 0 is no limit");
        define("per-minute", "120", "[C] calls per minute and key; 0 is no limit");
        define("per-hour", "2000", "[C] calls per hour and key; 0 is no limit");
        define("retry-after", "", "[U] seconds in Retry-After of a 429; empty for none");
    }

    private void define(String name, String value, String meaning) {
        values.put(name, value);
        meanings.put(name, meaning);
    }

    String text(String name) {
        return values.get(name);
    }

    boolean on(String name) {
        return values.get(name).equals("true");
    }

    long number(String name) {
        return Long.parseLong(values.get(name));
    }

    void set(String name, String value) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("there is no switch " + name);
        }
        values.put(name, value);
    }

    Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, Map.of("value", value, "meaning", meanings.get(name))));
        return all;
    }
}
