package aiqbridge.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;

/** What a caller is told when something cannot be done: an RFC 9457 problem. Its words never hold a secret, a phone or another's data. */
public final class Problem extends RuntimeException {
    private final int status;
    private final String code;
    private Record more;
    private Duration retryAfter;

    /** @param code a stable word for programs, for example {@code wallet-session-expired} */
    public Problem(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** The request has a field that cannot be used; 422. */
    public static Problem field(String field, String sentence) {
        return new Problem(422, "field-invalid", "The field " + field + " " + sentence).with(new OfField(field));
    }

    public static Problem tryAgain(Duration after, String detail) {
        return new Problem(503, "try-again", detail).after(after);
    }

    /** @param more what programs are told besides, by its components */
    public Problem with(Record more) {
        this.more = more;
        return this;
    }

    public Problem after(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    /** The stable word for programs. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** Whole seconds for the Retry-After header, null for none. */
    public Long retryAfter() {
        return retryAfter == null ? null : Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    }

    public Members members() {
        return new Members("urn:aiq-bridge:problem:" + code, code.replace('-', ' '), status, getMessage(), more);
    }

    /** As callers get it. */
    public record Members(
            String type,
            String title,
            int status,
            String detail,
            @JsonUnwrapped Record more) {}

    private record OfField(String field) {}
}
