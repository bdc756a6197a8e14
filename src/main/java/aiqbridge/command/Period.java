package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.store.Store;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Option;

/** An account and days of its zone; shared by the commands about the books. */
public final class Period {
    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "As shown by accounts list; required if there are several.")
    private String account;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DAY",
            description = "For example 2026-11-01, in the account's zone.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "DAY", description = "The last day, inclusive.")
    private String to;

    record Days(String account, ZoneId zone, LocalDate from, LocalDate to) {}

    /** @throws StartRefused when the account is not known or the days are none */
    Days of(Store store) {
        List<Map<String, Object>> accounts = new JdbcTemplate(store.source())
                .queryForList("select account_id, zone from account order by account_id");
        List<Object> names = accounts.stream().map(a -> a.get("account_id")).toList();
        if (account == null && accounts.size() != 1) {
            throw new StartRefused("Which account?", "Add --account; known are: " + names + ".");
        }
        Map<String, Object> found = accounts.stream()
                .filter(a -> account == null || account.equals(a.get("account_id")))
                .findFirst()
                .orElseThrow(
                        () -> new StartRefused("There is no account " + account + ".", "Known are: " + names + "."));
        LocalDate first = day(from), last = day(to);
        if (last.isBefore(first)) {
            throw new StartRefused(
                    "There is no day from " + from + " to " + to + ".", "Give the earlier one with --from.");
        }
        return new Days((String) found.get("account_id"), ZoneId.of((String) found.get("zone")), first, last);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new StartRefused(text + " is not a date.", "For example 2026-11-24.");
        }
    }
}
