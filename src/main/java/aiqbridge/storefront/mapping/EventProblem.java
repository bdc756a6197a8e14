package aiqbridge.storefront.mapping;

/** What a shop sent has no meaning that can be worked out. Its sentence is kept in the row: it never holds what the shop sent. */
public final class EventProblem extends RuntimeException {
    public EventProblem(String sentence) {
        super(sentence);
    }
}
