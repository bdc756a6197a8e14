package aiqbridge.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a caller is told when something cannot be done: an RFC 9457 problem. Its words never hold a secret, a phone or another's data. */
public final class Problem extends RuntimeException {
    private final int status;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private Duration retryAfter;

    /** @param code a stable word for programs, for example {@code wallet-session-expired} */
    public Problem(int status, String code, String detail) {
        super(detail);
        this.status = status;
        members.put("type", "urn:aiq-bridge:problem:" + code);
        members.put("title", code.replace('-', ' '));
        members.put("status", status);
        members.put("detail", detail);
    }

    /** The request has a field that cannot be used; 422. */
    public static Problem field(String field, String sentence) {
        return new Problem(422, "field-invalid", "The field " + field + " " + sentence).with("field", field);
    }

    public static Problem tryAgain(Duration after, String detail) {
        return new Problem(503, "try-again", detail).after(after);
    }

    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public Problem after(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    /** The stable word for programs. */
    public String code() {
        return ((String) members.get("type")).substring("urn:aiq-bridge:problem:".length());
    }

    public int status() {
        return status;
    }

    /** Whole seconds for the Retry-After header, null for none. */
    public Long retryAfter() {
        return retryAfter == null ? null : Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    }

    public Map<String, Object> members() {
        return members;
    }
}
