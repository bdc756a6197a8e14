package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.audit.AuditList;
import aiqbridge.ledger.Csv;
import aiqbridge.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Lists what people did and who was refused, the newest first; all of the filter with --csv.")
public final class AuditCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @Mixin
    Home home;

    @Option(
            names = "--who",
            paramLabel = "USER",
            description = "For example kim.lee, \"operator root\" or a connection.")
    String who;

    @Option(
            names = "--what",
            paramLabel = "ACTION",
            description = "For example page-sign-in, page-sign-in-refused, api-key-refused or redemption-release.")
    String what;

    @Option(names = "--subject", paramLabel = "ID", description = "A redemption, an account, a connection or a user.")
    String subject;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "2026-11-24 or 2026-11-24T18:30, both UTC, or 2026-11-25T01:30:00Z.")
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    String until;

    @Option(
            names = "--limit",
            defaultValue = "50",
            description = "Show at most this many (default: ${DEFAULT-VALUE}); --csv has all.")
    int limit;

    @Option(names = "--json", description = "For scripts.")
    boolean json;

    @Option(names = "--csv", description = "For a spreadsheet.")
    boolean csv;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "With --csv: the file to create. Without it the CSV goes to standard output.")
    Path out;

    @Override
    public Integer call() {
        AuditList.Filter filter = new AuditList.Filter(who, what, subject, millis(since), millis(until));
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            AuditList audit = new AuditList(store.source());
            if (csv) {
                export(audit, filter);
            } else {
                List<AuditList.Line> lines = new ArrayList<>();
                each(audit, filter, Math.min(Math.max(limit, 1), 10_000), lines::add);
                show(lines);
            }
        }
        return 0;
    }

    private void show(List<AuditList.Line> lines) {
        if (json) {
            Operator.json(lines.stream().map(Shown::of).toList());
        } else {
            lines.stream()
                    .map(Shown::of)
                    .forEach(l -> System.out.printf(
                            "%s  %-24s %-24s %s%s%n",
                            l.at(), l.who(), l.what(), l.subject(), l.note() == null ? "" : ": " + l.note()));
        }
    }

    private void export(AuditList audit, AuditList.Filter filter) {
        try (Writer file = out == null
                ? new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))
                : Files.newBufferedWriter(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Csv sheet = new Csv(file, "time", "who", "what", "subject", "note");
            each(audit, filter, Long.MAX_VALUE, line -> {
                Shown l = Shown.of(line);
                sheet.line(Arrays.asList(l.at(), l.who(), l.what(), l.subject(), l.note()));
            });
        } catch (FileAlreadyExistsException e) {
            throw new StartRefused("The file " + out + " already exists.", "Give another name with --out.");
        } catch (IOException e) {
            throw new StartRefused(
                    "The file " + out + " cannot be written.", "Does its folder exist? Is the disk full?");
        }
    }

    /** Page by page: an audit of years fits no memory. */
    private static void each(AuditList audit, AuditList.Filter filter, long most, Consumer<AuditList.Line> line) {
        String after = null;
        long left = most;
        List<AuditList.Line> page;
        do {
            page = audit.page(filter, after, (int) Math.min(PAGE, left));
            page.forEach(line);
            left -= page.size();
            after = page.isEmpty() ? null : page.get(page.size() - 1).cursor();
        } while (page.size() == PAGE && left > 0);
    }

    private static Long millis(String time) {
        return time == null ? null : InboxCommand.time(time, ZoneOffset.UTC).toEpochMilli();
    }

    record Shown(String at, String who, String what, String subject, String note) {
        static Shown of(AuditList.Line line) {
            return new Shown(
                    Instant.ofEpochMilli(line.happenedAt()).toString(),
                    line.actor(),
                    line.action(),
                    line.subject(),
                    line.note());
        }
    }
}
