package aiqbridge.api;

/**
 * What may be shown of a back end's key. Times are epoch milliseconds.
 *
 * @param hint      its last characters
 * @param expiresAt null when it does not expire
 * @param revokedAt null while it is not revoked
 */
public record CallerKey(String keyId, String connection, String hint, long createdAt, Long expiresAt, Long revokedAt) {}
