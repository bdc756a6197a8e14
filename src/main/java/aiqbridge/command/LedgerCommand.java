package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.ledger.LedgerExport;
import aiqbridge.ledger.LedgerVerify;
import aiqbridge.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "The points redeemed and given back, for the auditor.",
        synopsisSubcommandLabel = "COMMAND")
public final class LedgerCommand {

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the entries of a period as CSV, then each day's total and digest, and whether closed days are unchanged (exit status 1 if not).")
    int export(
            @Mixin Home home,
            @Mixin Period period,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description =
                                    "The file to create. Without it the CSV goes to standard output and the rest to standard error.")
                    Path out) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            Period.Days days = period.of(store);
            List<LedgerExport.Day> written;
            try (Writer csv = out == null
                            ? new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))
                            : Files.newBufferedWriter(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    ShownProgress progress = ShownProgress.of("Entries written")) {
                written = new LedgerExport(store.source())
                        .write(csv, days.account(), days.zone(), days.from(), days.to(), progress);
            } catch (FileAlreadyExistsException e) {
                throw new StartRefused("The file " + out + " already exists.", "Give another name with --out.");
            } catch (IOException e) {
                throw new StartRefused(
                        "The file " + out + " cannot be written.", "Does its folder exist? Is the disk full?");
            }
            Operator.audited(store, "ledger-export", days.account(), days.from() + " to " + days.to());
            PrintStream say = out == null ? System.err : System.out;
            say.printf("%s, %s to %s, days in %s%n", days.account(), days.from(), days.to(), days.zone());
            written.forEach(day -> say.printf(
                    "%s  %s%n            %s%n",
                    day.localDate(),
                    day.totals(),
                    day.digest() == null ? "not closed yet" : "closed, digest " + day.digest()));
            return said(verified(new LedgerVerify(store.source()), days.account()), say) ? 0 : 1;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Recomputes the closed days and names each entry that was changed, deleted, inserted or reordered since. Exit status 1 if there is one.")
    int verify(
            @Mixin Home home,
            @Option(
                            names = "--digest",
                            paramLabel = "DIGEST",
                            description =
                                    "A digest from an earlier export: says whether it still belongs to a closed day.")
                    String digest) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            LedgerVerify ledger = new LedgerVerify(store.source());
            boolean good = true;
            for (String account : ledger.accounts()) {
                good &= said(verified(ledger, account), System.out);
            }
            if (digest != null) {
                boolean known = ledger.known(digest.trim());
                System.out.println(
                        known
                                ? "The digest belongs to a closed day."
                                : "The digest belongs to no closed day: these are not the books that were exported then.");
                good &= known;
            }
            return good ? 0 : 1;
        }
    }

    private static LedgerVerify.Verified verified(LedgerVerify ledger, String account) {
        try (ShownProgress progress = ShownProgress.of("Closed days recomputed")) {
            return ledger.verify(account, progress);
        }
    }

    private static boolean said(LedgerVerify.Verified verified, PrintStream say) {
        verified.findings().forEach(finding -> say.println(finding.sentence()));
        say.println(
                verified.days() == 0
                        ? verified.accountId() + ": no day is closed yet."
                        : verified.accountId() + ": " + verified.days() + " day(s) are closed up to "
                                + verified.lastDate() + ", digest " + verified.digest()
                                + (verified.findings().isEmpty()
                                        ? "; nothing was changed since."
                                        : "; " + verified.findings().size() + " finding(s)."));
        return verified.findings().isEmpty();
    }
}
