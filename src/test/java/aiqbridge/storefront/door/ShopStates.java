package aiqbridge.storefront.door;

import aiqbridge.TestBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The states of a kind's orders and carts, as its page tells them ({@code routes/storefront/<kind>/README.md}, <i>States</i>): a table of the states, each with the order's status,
 * and a table of the moves between them, each with what it does. {@link StorefrontContract} tests every cell but the sources.
 *
 * @param states in the page's order
 * @param moves  one for each pair of a row's <i>From</i> and <i>To</i>
 */
record ShopStates(List<State> states, List<Move> moves) {
    /** {@code order}: the status that its order has then, of more than one each with a comma between; a dash: it makes no order. */
    record State(String name, String order) {}

    /**
     * @param from a dash: nothing was said yet
     * @param cart what becomes of the cart; then what becomes of a redemption in each model
     */
    record Move(String from, String to, String cart, String immediate, String paid, String informational) {
        @Override
        public String toString() {
            return "| " + String.join(" | ", from, to, cart, immediate, paid, informational) + " |";
        }
    }

    static final String NOTHING = "–";

    /** Of the page of that kind; without it, or without the section, there are none. */
    static ShopStates of(String kind) {
        try {
            Path file = TestBridge.HOME.resolve("routes/storefront/" + kind + "/README.md");
            String page = Files.exists(file) ? Files.readString(file) : "";
            String[] sections = page.split("(?m)^## States$", 2);
            String own = sections.length < 2 ? "" : sections[1].split("(?m)^## ", 2)[0];
            return new ShopStates(
                    rows(own, "State")
                            .map(cells -> new State(cells.get(0), cells.get(2)))
                            .toList(),
                    rows(own, "From")
                            .flatMap(cells -> each(cells.get(0)).flatMap(from -> each(cells.get(1))
                                    .map(to -> new Move(
                                            from, to, cells.get(2), cells.get(3), cells.get(4), cells.get(5)))))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> each(String cell) {
        return Stream.of(cell.split(", "));
    }

    /** The cells of the table whose first column is called so, without their backticks. */
    private static Stream<List<String>> rows(String section, String first) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : section.lines().toList()) {
            List<String> cells = Stream.of(line.replaceFirst("^\\|", "").split("\\|"))
                    .map(cell -> cell.replace("`", "").strip())
                    .toList();
            inside = line.startsWith("|") && (inside || cells.get(0).equals(first));
            if (inside && !cells.get(0).equals(first) && !line.startsWith("|---")) {
                rows.add(cells);
            }
        }
        return rows.stream();
    }
}
