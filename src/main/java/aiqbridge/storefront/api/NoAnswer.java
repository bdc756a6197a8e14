package aiqbridge.storefront.api;

/** The shop's API answered with a status that gives nothing. */
final class NoAnswer extends RuntimeException {
    final int status;
    final String retryAfter;

    /** @param retryAfter the header, null for none */
    NoAnswer(int status, String retryAfter) {
        this.status = status;
        this.retryAfter = retryAfter;
    }
}
