package aiqbridge.account;

import aiqbridge.privacy.ApiKey;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An account as a person entered it, at the page or a command; the spaces that copying brings along are gone. */
public record AccountEntry(String accountId, String brand, String uid, String apiKey, String country, String zone) {
    public AccountEntry {
        country = country.toUpperCase(Locale.ROOT);
    }

    /** What is wrong, by field: {@code account, brand, uid, key, country, zone}. An empty key is not wrong here: a known account keeps its own. */
    public Map<String, String> wrong() {
        Map<String, String> wrong = new LinkedHashMap<>();
        must(
                wrong,
                accountId.matches("[a-z0-9][a-z0-9-]{0,39}") && !accountId.equals("add"),
                "account",
                "This short name is invalid. Use lower-case letters, digits and dashes, for example green-leaf.");
        must(
                wrong,
                !brand.isBlank() && brand.length() <= 80 && brand.chars().noneMatch(Character::isISOControl),
                "brand",
                "Write the brand's name, at most 80 characters.");
        must(
                wrong,
                uid.matches("[A-Za-z0-9_-]{1,40}"),
                "uid",
                "This UID is invalid. It is the account number that AIQ shows beside the API key.");
        must(
                wrong,
                apiKey.length() <= 500 && apiKey.chars().allMatch(c -> c > 0x20 && c < 0x7f),
                "key",
                "The API key contains characters that no API key has. Copy it again from AIQ, Settings, API & Tracking.");
        must(
                wrong,
                Arrays.asList(Locale.getISOCountries()).contains(country),
                "country",
                "This is not a two-letter country code, for example US.");
        must(wrong, zoned(), "zone", "This is not a time zone, for example America/Denver.");
        return wrong;
    }

    /** @param key in clear: the entered one, or the stored one where none was entered */
    public Account account(String key) {
        return new Account(accountId, brand, uid, new ApiKey(key), country, ZoneId.of(zone));
    }

    private boolean zoned() {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void must(Map<String, String> wrong, boolean good, String field, String sentence) {
        if (!good) {
            wrong.put(field, sentence);
        }
    }

    @Override
    public String toString() {
        return "AccountEntry[" + accountId + "]";
    }
}
