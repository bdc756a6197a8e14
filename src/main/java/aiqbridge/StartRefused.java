package aiqbridge;

/** The process will not start: one sentence that says what is wrong, and a hint what to do. */
public class StartRefused extends RuntimeException {
    private final String sentence;
    private final String hint;

    public StartRefused(String sentence, String hint) {
        super(sentence + "\n  Hint: " + hint);
        this.sentence = sentence;
        this.hint = hint;
    }

    public String sentence() {
        return sentence;
    }

    public String hint() {
        return hint;
    }
}
