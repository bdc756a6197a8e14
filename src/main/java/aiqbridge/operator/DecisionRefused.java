package aiqbridge.operator;

import aiqbridge.StartRefused;

/** What a person decided cannot be done; nothing was changed. One sentence that says why, and a hint what can. */
public final class DecisionRefused extends StartRefused {
    private final String sentence;
    private final String hint;
    private final Wanted wanted;

    /** What it takes first. */
    private enum Wanted {
        NOTHING,
        LOOK,
        ASK
    }

    DecisionRefused(String sentence, String hint) {
        this(sentence, hint, Wanted.NOTHING);
    }

    private DecisionRefused(String sentence, String hint, Wanted wanted) {
        super(sentence, hint);
        this.sentence = sentence;
        this.hint = hint;
        this.wanted = wanted;
    }

    static DecisionRefused unlessLooked(String sentence) {
        return new DecisionRefused(
                sentence, "Look in AIQ at this customer's points first, then say that you looked.", Wanted.LOOK);
    }

    /** Its records may show by now what became of it. */
    static DecisionRefused untilAsked() {
        return new DecisionRefused(
                "AIQ is being asked whether it took the points after all.",
                "Decide again in a minute: if AIQ's records show it by then, it is redeemed and needs no decision.",
                Wanted.ASK);
    }

    /** AIQ's number stands beside a decision that says that AIQ took nothing. */
    public static DecisionRefused numberGiven() {
        return new DecisionRefused(
                "You entered AIQ's redemption id, so AIQ took the points: this decision would take them again or hide that they were taken.",
                "Choose the decision that says that AIQ took them, or clear the id.");
    }

    public String sentence() {
        return sentence;
    }

    public String hint() {
        return hint;
    }

    /** Whether it can be done by somebody who says that they looked in AIQ. */
    public boolean lookWanted() {
        return wanted == Wanted.LOOK;
    }

    /** Whether AIQ's records have to be looked through first. */
    boolean askWanted() {
        return wanted == Wanted.ASK;
    }
}
