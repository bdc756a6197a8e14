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
    public String text() {
        return file + (line > 0 ? ", line " + line : "") + ": " + sentence;
    }
}
