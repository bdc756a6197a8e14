package aiqbridge;

/** The process will not start: one sentence that says what is wrong, and a hint what to do. */
public class StartRefused extends RuntimeException {
    public StartRefused(String sentence, String hint) {
        super(sentence + "\n  Hint: " + hint);
    }
}
