package aiqbridge.account;

import aiqbridge.privacy.ApiKey;
import java.time.ZoneId;

/**
 * One brand's AIQ account.
 *
 * @param accountId the operator's own short name, for example {@code green-leaf}
 * @param uid       AIQ's account number, a path segment in AIQ's calls (AIQ: section 1.2)
 * @param country   ISO 3166 alpha-2, the default country of phones
 * @param zone      the zone in which periods are closed
 */
public record Account(String accountId, String brand, String uid, ApiKey apiKey, String country, ZoneId zone) {
    @Override
    public String toString() {
        return "Account[" + accountId + "]";
    }
}
