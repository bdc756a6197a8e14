package aiqbridge.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request whose caller is known and whose body has been read.
 *
 * @param id     the path's last variable, null where there is none
 * @param key    the Idempotency-Key, null when the caller gave none
 * @param digest SHA-256 of what the body means, to tell the same request from another one under the same key
 * @param sent   SHA-256 of the body as it was sent, which is what earlier versions remember
 */
public record ApiRequest(Caller caller, JsonNode body, String id, String key, String digest, String sent) {
    public ApiRequest(Caller caller, JsonNode body, String id, String key, String sent) {
        this(caller, body, id, key, RequestDigest.of(body), sent);
    }

    @Override
    public String toString() {
        return "ApiRequest[" + caller.connection() + "]";
    }
}
