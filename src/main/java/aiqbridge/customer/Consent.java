package aiqbridge.customer;

/**
 * What a customer agreed to, or left unticked, for one purpose, with all that later proves it.
 *
 * @param granted   1, or 0
 * @param wording   that was shown, {@code textHash} its hash
 * @param channel   pos or storefront
 * @param givenAt   epoch milliseconds
 * @param localTime the same where it happened
 */
public record Consent(
        String accountId,
        String connection,
        String phoneHash,
        String emailHash,
        String purpose,
        int granted,
        String textVersion,
        String textHash,
        String wording,
        String language,
        String channel,
        String place,
        String ip,
        String staff,
        long givenAt,
        String localTime) {
    @Override
    public String toString() {
        return "Consent[" + purpose + "]";
    }
}
