package aiqbridge.account;

import aiqbridge.Sha256;
import aiqbridge.account.ConsentText.Box;
import aiqbridge.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The wordings of the sign-up, from {@code consent/<version>/} on the class path. Box 1 is AIQ's, verbatim (AIQ: section 8), spelling included.
 * A wording that changes gets a new folder and a new version, so that the evidence of older sign-ups stays what it was.
 */
public final class ConsentTexts {
    private static final String VERSION = "1";
    private static final String LANGUAGE = "en";
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private final Accounts accounts;
    private final String loyalty = read("loyalty");
    private final String sms = read("sms");
    private final String email = read("email");

    public ConsentTexts(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @param asked null for the account's own country */
    public ConsentText.Shown answer(String accountId, String asked) {
        Account account = accounts.get(accountId);
        String country = asked == null ? account.country() : asked.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country)) {
            throw Problem.field("country", "is not an ISO country code, for example US.");
        }
        return text(account, country).shown();
    }

    /**
     * The text that was shown.
     *
     * @throws Problem 422 when it is not the one of the account's country
     */
    public ConsentText shown(String accountId, String version) {
        Account account = accounts.get(accountId);
        ConsentText counts = text(account, account.country());
        if (counts.version().equals(version)) {
            return counts;
        }
        throw Problem.field(
                "textVersion",
                "is not the text that counts: this account's country is " + account.country() + ", its text "
                        + counts.version() + "; request it at /api/v1/consent-text.");
    }

    private ConsentText text(Account account, String country) {
        return new ConsentText(
                country,
                LANGUAGE,
                "aiq-" + VERSION + (country.equals("CA") ? "-ca" : "-us"),
                List.of(
                        box("consent", "loyalty", loyalty, account, country),
                        box("smsOptIn", "sms", sms, account, country),
                        box("emailOptIn", "email", email, account, country)));
    }

    /** What a brand's programme is called there. */
    public static String program(String country) {
        return country.equals("CA") ? "club program" : "rewards program";
    }

    private static Box box(String field, String purpose, String template, Account account, String country) {
        String wording =
                template.replace("rewards program", program(country)).replace("{{brand name}}", account.brand());
        return new Box(field, purpose, wording, Sha256.hex(wording));
    }

    private static String read(String purpose) {
        try (InputStream file =
                ConsentTexts.class.getResourceAsStream("/consent/" + VERSION + "/" + purpose + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
