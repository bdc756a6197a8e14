package aiqbridge.route;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** What somebody may have meant who misspelt a name. */
final class Nearest {
    private Nearest() {}

    /** The known name that differs least, if it differs in a third of its letters at most. */
    static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= name.length() / 3)
                .filter(other -> changes(name, other) <= Math.max(1, name.length() / 3))
                .min(Comparator.<String>comparingInt(other -> changes(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * A hint: the nearest known name, or else all of them.
     *
     * @param are how they are introduced; null where there are too many to name
     */
    static String meant(String name, Collection<String> known, String are) {
        return to(name, known)
                .map(near -> "Perhaps you mean " + near + ".")
                .orElse(
                        are == null
                                ? "Is it spelled right?"
                                : are + " " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** Letters to put in, leave out or replace until one is the other. */
    private static int changes(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
