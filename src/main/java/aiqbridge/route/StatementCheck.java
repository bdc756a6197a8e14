package aiqbridge.route;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement as it stands in its file, looked at without running it. */
public final class StatementCheck {
    /** Why a database does not take it; the line is 0 when it cannot be told. */
    public record Refused(int line, String sentence) {}

    private static final Pattern PARAMETER = Pattern.compile(":#(?:in:)?(\\$\\{[^}]*}|\\w+)");
    private static final Pattern NO_CODE = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|--[^\\n]*|/[*](?s:.*?)[*]/");
    private static final Pattern POSITION = Pattern.compile("(?m)^ *Position: (\\d+)$");
    private static final Pattern AT_LINE = Pattern.compile(" at line (\\d+)$");
    private static final Pattern ON_SQLITE = Pattern.compile("(?s).*missing database \\((.*)\\)$");
    private static final Pattern ON_MARIADB = Pattern.compile("^\\(conn=\\d+\\) ");
    private static final int MARIADB_VIEW_BROKEN = 1356;
    private static final Pattern NAME = Pattern.compile("[\"'](?:\\w+\\.)*(\\w+)[\"']|: (?:\\w+\\.)?(\\w+)");
    private static final int SQLITE_ERROR = 1;
    /** No right of the login's; that is nothing of the statement. */
    private static final Set<Integer> MARIADB_DENIED = Set.of(1044, 1142, 1143, 1227, 1370);
    /** Of which type a parameter is, and so which function or operator is meant, only its value tells. */
    private static final Set<String> TYPE_UNKNOWN = Set.of("42P18", "42725", "42883", "42804", "42846");

    private static final String DENIED = "42501";
    private final String text;

    /** @param text comments are blanks from here on, so that each position keeps its line */
    public StatementCheck(String text) {
        this.text = Pattern.compile("(?m)^\\s*--.*$").matcher(text).replaceAll(line -> " "
                .repeat(line.group().length()));
    }

    /** Without its literals, quoted names and comments; each position and line is kept. */
    static String bare(String statement) {
        return NO_CODE.matcher(statement)
                .replaceAll(found -> Matcher.quoteReplacement(found.group().replaceAll("[^\n]", " ")));
    }

    /** What Camel would bind though its author did not mean it, or the database though Camel does not. */
    Optional<Refused> misread() {
        String bare = bare(text);
        Optional<Refused> inside = PARAMETER
                .matcher(text)
                .results()
                .filter(found -> bare.charAt(found.start()) == ' ')
                .findFirst()
                .map(found -> new Refused(
                        lineAt(found.start()),
                        found.group() + " stands in a literal, in quotes or in a comment behind code"));
        int unnamed = bare.indexOf('?');
        return inside.isPresent() || unnamed < 0
                ? inside
                : Optional.of(new Refused(lineAt(unnamed), "a ? outside of a literal is a parameter without a name"));
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

    /**
     * Prepares it and does not run it. SQL Server would not be asked before it runs, and is not.
     *
     * @throws SQLException when the database cannot be asked
     */
    public Optional<Refused> refusedBy(Connection database) throws SQLException {
        String statement = PARAMETER
                .matcher(text)
                .replaceAll(found -> "?" + " ".repeat(found.group().length() - 1));
        try (PreparedStatement prepared = database.prepareStatement(statement)) {
            if (database.getMetaData().getDatabaseProductName().matches("PostgreSQL|MariaDB|MySQL")) {
                prepared.getMetaData(); // only now it is asked
            }
            return Optional.empty();
        } catch (SQLException e) {
            boolean bySqlite = e.getSQLState() == null && e.getErrorCode() == SQLITE_ERROR;
            boolean misfit = String.valueOf(e.getSQLState()).startsWith("42")
                    || e.getErrorCode() == MARIADB_VIEW_BROKEN
                            && database.getMetaData().getDatabaseProductName().equals("MariaDB");
            if (!bySqlite && !misfit) {
                throw e;
            }
            return bySqlite || wrong(e) ? Optional.of(new Refused(line(e), sentence(e))) : Optional.empty();
        }
    }

    private boolean wrong(SQLException e) {
        boolean denied = e.getSQLState().equals(DENIED) || MARIADB_DENIED.contains(e.getErrorCode());
        return !denied
                && (!TYPE_UNKNOWN.contains(e.getSQLState()) || parameters().isEmpty());
    }

    private int line(SQLException e) {
        Matcher position = POSITION.matcher(e.getMessage());
        if (position.find()) {
            return lineAt(Integer.parseInt(position.group(1)) - 1);
        }
        Matcher line = AT_LINE.matcher(sentence(e));
        if (line.find()) {
            return Integer.parseInt(line.group(1));
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
                : ON_MARIADB
                        .matcher(e.getMessage().lines().findFirst().orElse(""))
                        .replaceFirst("");
    }
}
