package aiqbridge.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One statement, read for the states between which it can move a row: those that it does not exclude itself. Whatever it asks of other columns, tables and
 * parameters is taken to hold or not, as the case may be; hence no move is overlooked.
 */
final class MovingStatement {
    record Move(String from, String to) {}

    /** Where a row is before it is inserted, or while it has no state. */
    static final String NOWHERE = "[*]";

    private static final Pattern WORD = Pattern.compile("'[^']*'|:#\\w+|[\\w.]+|<>|<=|>=|\\S");
    private static final Pattern COMPARED =
            Pattern.compile("(=|<>|in \\(|not in \\() '[^']*'( , '[^']*')*( \\))?|is null|is not null");

    private final Life life;
    private final Set<Move> moves = new LinkedHashSet<>();

    private MovingStatement(Life life) {
        this.life = life;
    }

    /** @throws IllegalArgumentException saying what to write, when it moves rows in a way that cannot be read */
    static Set<Move> moves(Life life, String sql) {
        MovingStatement statement = new MovingStatement(life);
        List<String> words = WORD.matcher(sql.replaceAll("(?m)--.*$", ""))
                .results()
                .map(word -> word.group().startsWith("'")
                        ? word.group()
                        : word.group().toLowerCase(Locale.ROOT))
                .toList();
        int written = 0, read = 0;
        for (int i = 0, depth = 0; i < words.size() - 2; i++) {
            depth += deeper(words.get(i));
            if (!words.get(i).matches("update|into") || !words.get(i + 1).equals(life.table())) {
                continue;
            }
            written++;
            List<String> rest = words.subList(i + 2, words.size());
            if (depth == 0 && rest.get(0).equals(words.get(i).equals("into") ? "(" : "set")) {
                read++;
                if (words.get(i).equals("into")) {
                    statement.inserted(rest);
                }
                statement.updated(rest);
            }
        }
        if (written != read) {
            throw new IllegalArgumentException(
                    "write update " + life.table() + " set … or insert into " + life.table() + " (…), by itself");
        }
        return statement.moves;
    }

    private void inserted(List<String> rest) {
        int column = split(group(rest), ",").indexOf(List.of(life.column()));
        if (column >= 0) {
            List<String> row = rest.contains("values")
                    ? group(after(rest, "values"))
                    : until(after(rest, "select"), "from", "where", "on");
            moved(NOWHERE, split(row, ",").get(column), List.of());
        }
    }

    /** An update, also what an insert does {@code on conflict}. */
    private void updated(List<String> rest) {
        List<String> set = after(rest, "set"), where = until(after(set, "where"), "returning");
        for (List<String> assignment : split(until(set, "from", "where", "returning"), ",")) {
            if (assignment.size() < 3 || !assignment.subList(0, 2).equals(List.of(life.column(), "="))) {
                continue;
            }
            List<String> value = assignment.subList(2, assignment.size());
            int before = moves.size();
            Stream.concat(Stream.of(NOWHERE), life.states().stream()).forEach(from -> moved(from, value, where));
            if (moves.size() == before) {
                throw new IllegalArgumentException("no row can be in a state from which it would move");
            }
        }
    }

    private void moved(String from, List<String> value, List<String> where) {
        Map<String, String> row = new HashMap<>();
        row.put(life.column(), from);
        row.put(life.table() + "." + life.column(), from);
        moved(
                from,
                row,
                leaves(value)
                        .filter(leaf -> !row.containsKey(leaf) && !leaf.matches("null|'.*'"))
                        .distinct()
                        .toList(),
                value,
                where);
    }

    /** @param open the parameters and columns from which the state is taken: each may hold any */
    private void moved(
            String from, Map<String, String> row, List<String> open, List<String> value, List<String> where) {
        if (!open.isEmpty()) {
            Stream.concat(Stream.of(NOWHERE), life.states().stream()).forEach(held -> {
                row.put(open.get(0), held);
                moved(from, row, open.subList(1, open.size()), value, where);
            });
        } else if (holds(where, row, true)) {
            values(value, row).filter(to -> !to.equals(from)).forEach(to -> moves.add(new Move(from, to)));
        }
    }

    private record Branch(List<String> when, List<String> then) {}

    /** Of a {@code case}, with the one that holds where no other does. */
    private static List<Branch> branches(List<String> value) {
        if (!value.get(0).equals("case")
                || !value.get(1).equals("when")
                || !value.get(value.size() - 1).equals("end")) {
            throw new IllegalArgumentException(
                    "write the state, a parameter by itself, or case when …, not " + String.join(" ", value));
        }
        List<String> inside = value.subList(2, value.size() - 1);
        List<Branch> branches = new ArrayList<>();
        for (List<String> when : split(until(inside, "else"), "when")) {
            branches.add(new Branch(until(when, "then"), after(when, "then")));
        }
        List<String> otherwise = after(inside, "else");
        branches.add(new Branch(List.of(), otherwise.isEmpty() ? List.of("null") : otherwise));
        return branches;
    }

    /** What the value may be, each a single word. */
    private static Stream<String> leaves(List<String> value) {
        return value.size() == 1 ? value.stream() : branches(value).stream().flatMap(branch -> leaves(branch.then()));
    }

    private Stream<String> values(List<String> value, Map<String, String> row) {
        if (value.size() == 1) {
            String leaf = value.get(0);
            return Stream.of(row.containsKey(leaf) ? row.get(leaf) : leaf.equals("null") ? NOWHERE : state(leaf));
        }
        List<Branch> possible = new ArrayList<>();
        for (Branch branch : branches(value)) {
            if (holds(branch.when(), row, true)) {
                possible.add(branch);
            }
            if (holds(branch.when(), row, false)) {
                break;
            }
        }
        return possible.stream().flatMap(branch -> values(branch.then(), row));
    }

    /** @param unknown what is assumed of everything but the row's states: true tells whether the condition may hold, false whether it must */
    private boolean holds(List<String> condition, Map<String, String> row, boolean unknown) {
        List<List<String>> either = split(condition, "or"), each = split(condition, "and");
        if (either.size() > 1) {
            return either.stream().anyMatch(one -> holds(one, row, unknown));
        }
        if (each.size() > 1) {
            return each.stream().allMatch(one -> holds(one, row, unknown));
        }
        if (condition.isEmpty()) {
            return true;
        }
        if (condition.get(0).equals("(") && group(condition).size() == condition.size() - 2) {
            return holds(group(condition), row, unknown);
        }
        String compared = String.join(" ", condition.subList(1, condition.size()));
        if (!row.containsKey(condition.get(0)) || !COMPARED.matcher(compared).matches()) {
            return unknown;
        }
        String held = row.get(condition.get(0));
        if (compared.startsWith("is ")) {
            return compared.equals("is null") == held.equals(NOWHERE);
        }
        List<String> named = condition.stream()
                .filter(word -> word.startsWith("'"))
                .map(this::state)
                .toList();
        return !held.equals(NOWHERE) && named.contains(held) != compared.matches("(<>|not).*");
    }

    private String state(String literal) {
        String state = literal.replace("'", "");
        if (!life.states().contains(state)) {
            throw new IllegalArgumentException("there is no state " + literal);
        }
        return state;
    }

    private static int deeper(String word) {
        return word.matches("\\(|case") ? 1 : word.matches("\\)|end") ? -1 : 0;
    }

    /** Where the word stands outside of parentheses and cases; the size where it does not. */
    private static int at(List<String> words, String... any) {
        for (int i = 0, depth = 0; i < words.size(); i++) {
            if (depth == 0 && List.of(any).contains(words.get(i))) {
                return i;
            }
            depth += deeper(words.get(i));
        }
        return words.size();
    }

    private static List<String> until(List<String> words, String... any) {
        return words.subList(0, at(words, any));
    }

    private static List<String> after(List<String> words, String word) {
        return words.subList(Math.min(at(words, word) + 1, words.size()), words.size());
    }

    private static List<List<String>> split(List<String> words, String word) {
        List<List<String>> parts = new ArrayList<>();
        for (List<String> rest = words; ; rest = after(rest, word)) {
            parts.add(until(rest, word));
            if (at(rest, word) == rest.size()) {
                return parts;
            }
        }
    }

    /** What stands between the first parenthesis and its end. */
    private static List<String> group(List<String> words) {
        return until(words.subList(at(words, "(") + 1, words.size()), ")");
    }
}
