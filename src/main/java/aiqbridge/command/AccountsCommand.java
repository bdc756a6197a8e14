package aiqbridge.command;

import aiqbridge.GivenSecret;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.AccountEntry;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.store.Store;
import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "accounts",
        mixinStandardHelpOptions = true,
        description = "The brands' AIQ accounts.",
        synopsisSubcommandLabel = "COMMAND")
public final class AccountsCommand {

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Adds or changes an account. Prompts for the API key, or takes it from AIQ_API_KEY or the file that AIQ_API_KEY_FILE names.")
    int add(
            @Mixin Home home,
            @Parameters(paramLabel = "ACCOUNT", description = "Your own short name, for example green-leaf.")
                    String accountId,
            @Option(names = "--brand", required = true, description = "The brand's name as customers know it.")
                    String brand,
            @Option(
                            names = "--uid",
                            required = true,
                            description = "AIQ's account number: AIQ, Settings, API & Tracking.")
                    String uid,
            @Option(
                            names = "--country",
                            defaultValue = "US",
                            description = "ISO country code of its phone numbers (default: ${DEFAULT-VALUE}).")
                    String country,
            @Option(
                            names = "--zone",
                            required = true,
                            description = "Time zone in which its days are closed, for example America/Denver.")
                    String zone) {
        AccountEntry entry = new AccountEntry(accountId, brand.strip(), uid.strip(), "", country, zone);
        entry.wrong().forEach((field, sentence) -> {
            throw new StartRefused("The " + field + " cannot be used.", sentence);
        });
        String key = key();
        Settings settings = home.settings();
        try (Store store = Store.open(settings, home.path(), false)) {
            Operator.audited(store, "account-save", accountId, null);
            new StoredAccounts(
                            store.source(),
                            Secrets.at(home.path().resolve(settings.text("secrets.key-file"))),
                            Clock.systemUTC())
                    .save(entry.account(key));
        }
        System.out.println("The account " + accountId + " is stored, with its API key encrypted.");
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the accounts, with the last four characters of each key.")
    int list(@Mixin Home home) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            for (Map<String, Object> a : new JdbcTemplate(store.source())
                    .queryForList(
                            "select account_id, brand, uid, api_key_hint, country, zone, paused_reason, key_read_at, carts_held_reason from account order by account_id")) {
                System.out.printf(
                        "%-20s %s, UID %s, key %s, %s, %s%s%s%n",
                        a.get("account_id"),
                        a.get("brand"),
                        a.get("uid"),
                        a.get("api_key_hint"),
                        a.get("country"),
                        a.get("zone"),
                        a.get("paused_reason") == null
                                ? ""
                                : ", PAUSED: " + a.get("paused_reason")
                                        + (a.get("key_read_at") == null
                                                ? "; enter the key again"
                                                : "; the bridge tries it again by itself"),
                        a.get("carts_held_reason") == null ? "" : ", CARTS WAIT: " + a.get("carts_held_reason"));
            }
        }
        return 0;
    }

    private static String key() {
        String key = GivenSecret.read("AIQ_API_KEY", System.getenv());
        if (key == null && System.console() != null) {
            key = new String(System.console().readPassword("API key of AIQ (not shown): "));
        }
        if (key == null || key.isBlank()) {
            throw new StartRefused(
                    "There is no API key.",
                    "Enter it when asked, or give it as the environment variable AIQ_API_KEY, or in the file that AIQ_API_KEY_FILE names; never on the command line.");
        }
        key = key.trim();
        if (!key.chars().allMatch(c -> c > 0x20 && c < 0x7f) || key.length() > 500) {
            throw new StartRefused(
                    "The API key contains characters that no API key has.",
                    "Copy it again from AIQ, Settings, API & Tracking.");
        }
        return key;
    }
}
