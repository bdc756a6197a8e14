package aiqbridge.route;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement as it stands in its file, looked at without running it. */
final class StatementCheck {
    /** Why a database does not take it; the line is 0 when it cannot be told. */
    record Refused(int line, String sentence) {}

    private static final Pattern PARAMETER = Pattern.compile(":#(?:in:)?(\\$\\{[^}]*}|\\w+)");
    private static final Pattern POSITION = Pattern.compile("(?m)^ *Position: (\\d+)$");
    private static final Pattern ON_SQLITE = Pattern.compile("(?s).*missing database \\((.*)\\)$");
    private static final Pattern NAME = Pattern.compile("[\"](\\w+)[\"]|: (?:\\w+\\.)?(\\w+)");
    private static final int SQLITE_ERROR = 1;
    private final String text;

    /** @param text comments are blanks from here on, so that each position keeps its line */
    StatementCheck(String text) {
        this.text = Pattern.compile("(?m)^\\s*--.*$").matcher(text).replaceAll(line -> " "
                .repeat(line.group().length()));
    }

    /** The names that it wants to have bound, each with its line; what an expression works out binds itself. */
    Map<String, Integer> parameters() {
        Map<String, Integer> lines = new LinkedHashMap<>();
        PARAMETER
                .matcher(text)
                .results()
                .filter(found -> !found.group(1).startsWith("$"))
                .forEach(found -> lines.putIfAbsent(found.group(1), lineAt(found.start())));
        return lines;
    }

    /** Every word of it that may be a column of its rows. */
    String[] words() {
        return PARAMETER.matcher(text).replaceAll(" ").split("\\W+");
    }

    /** @throws SQLException when the database is away */
    Optional<Refused> refusedBy(Connection database) throws SQLException {
        String statement = PARAMETER
                .matcher(text)
                .replaceAll(found -> "?" + " ".repeat(found.group().length() - 1));
        try (PreparedStatement prepared = database.prepareStatement(statement)) {
            if (database.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                prepared.getMetaData(); // only now it is asked
            }
            return Optional.empty();
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            boolean wrong = state.startsWith("42")
                    // of which type a parameter is, only its value tells
                    ? !state.equals("42P18") && !state.equals("42725")
                    : e.getSQLState() == null && e.getErrorCode() == SQLITE_ERROR;
            if (!wrong && !state.startsWith("42")) {
                throw e;
            }
            return wrong ? Optional.of(new Refused(line(e), sentence(e))) : Optional.empty();
        }
    }

    private int line(SQLException e) {
        Matcher position = POSITION.matcher(e.getMessage());
        if (position.find()) {
            return lineAt(Integer.parseInt(position.group(1)) - 1);
        }
        Matcher name = NAME.matcher(sentence(e));
        while (name.find()) {
            Matcher there = Pattern.compile("(?i)\\b" + (name.group(1) == null ? name.group(2) : name.group(1)) + "\\b")
                    .matcher(text);
            if (there.find()) {
                return lineAt(there.start());
            }
        }
        return 0;
    }

    private int lineAt(int position) {
        return (int) text.substring(0, Math.min(position, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }

    private static String sentence(SQLException e) {
        Matcher sqlite = ON_SQLITE.matcher(e.getMessage());
        return sqlite.matches()
                ? sqlite.group(1)
                : e.getMessage().lines().findFirst().orElse("");
    }
}
