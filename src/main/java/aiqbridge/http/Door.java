package aiqbridge.http;

import aiqbridge.api.Problem;

/**
 * What differs from door to door: which addresses are its, who may come in, with how much; everything else is the {@link Front}'s.
 *
 * @param addresses   how the paths of its routes begin
 * @param largestBody bytes of a POST; other methods have no body
 * @param bodies      the room for its bodies, over all connections
 * @param admission   who is asking, before a byte of the body is read
 * @param pages       people come this way: a refusal is a page, not a problem for a program
 */
record Door(String addresses, int largestBody, Bodies bodies, Admission admission, boolean pages) {
    /** As it is for one of its addresses. */
    Door at(String methods, String path) {
        return new Door(addresses, largestBody, bodies, admission.at(methods, path), pages);
    }

    static Problem tooLarge(int largest) {
        return largest == 0
                ? new Problem(413, "body-too-large", "This address does not accept a body.")
                : new Problem(
                        413,
                        "body-too-large",
                        "The body is larger than "
                                + (largest % 1_048_576 == 0
                                        ? largest / 1_048_576 + " MiB."
                                        : largest / 1_024 + " KiB."));
    }
}
