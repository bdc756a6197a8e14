package aiqbridge.operator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person may decide.
 *
 * @param decision as the page's button sends it
 * @param words    for people
 * @param command  of {@code aiq-bridge}
 */
public record Choice(String decision, String words, String command) {
    /** About a redemption, by what the page's button sends; in the order in which people are offered them. */
    static final Map<String, Choice> OF_REDEMPTIONS = of(
            new Choice("retry", "Redeem again", "redemptions retry"),
            new Choice("executed", "AIQ took the points", "redemptions done --executed"),
            new Choice("not-executed", "AIQ did not take them", "redemptions done --not-executed"),
            new Choice("release", "Release it", "redemptions release"),
            new Choice("reverse", "Give the points back", "redemptions reverse"),
            new Choice("write-again", "Write the points on the sale again", "redemptions write-again"),
            new Choice("looked-at", "Looked at, leave it as it is", "redemptions looked-at"));

    /** About its reversal. */
    static final Map<String, Choice> OF_REVERSALS = of(
            new Choice("reversal-retry", "Give the points back", "reversals retry"),
            new Choice("reversal-done", "AIQ gave them back", "reversals done"),
            new Choice("reversal-give-up", "They stay taken", "reversals give-up"));

    private static Map<String, Choice> of(Choice... choices) {
        Map<String, Choice> all = new LinkedHashMap<>();
        for (Choice choice : choices) {
            all.put(choice.decision, choice);
        }
        return all;
    }
}
