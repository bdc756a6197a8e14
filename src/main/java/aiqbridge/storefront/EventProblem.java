package aiqbridge.storefront;

/** What a shop sent has no meaning that can be worked out. Its sentence is kept in the row: it never holds what the shop sent. */
public final class EventProblem extends RuntimeException {
    EventProblem(String sentence) {
        super(sentence);
    }
}
