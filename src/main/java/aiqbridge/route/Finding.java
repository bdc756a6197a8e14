package aiqbridge.route;

/**
 * Something wrong in routes/.
 *
 * @param file     its path below the folder that holds routes/
 * @param line     counted from one, 0 when it cannot be told
 * @param sentence without a full stop
 * @param hint     what to write, a whole sentence
 */
public record Finding(String file, int line, String sentence, String hint) {
    private static final int LONGEST = 300;

    public Finding {
        sentence = sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "…" : sentence;
    }

    /** Of a statement that is not for the bridge's own database. */
    public static Finding elsewhere(String file, StatementCheck.Refused why, String connection) {
        return new Finding(
                file,
                why.line(),
                "it does not fit the till's database: " + why.sentence(),
                "Is a table or a column missing there, or spelled wrong here? aiq-bridge check " + connection
                        + " says what the owner must run.");
    }

    public String text() {
        return file + (line > 0 ? ", line " + line : "") + ": " + sentence;
    }
}
