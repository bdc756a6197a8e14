package aiqbridge.firstcontact;

import aiqbridge.account.Account;
import aiqbridge.firstcontact.Finding.Verdict;
import aiqbridge.privacy.Masked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found: for the person, and for AIQ without anything about the customer. */
final class Summary {
    private final Account account;
    private final String baseUrl;
    private final Progress progress;
    private final Clock clock;

    Summary(Account account, String baseUrl, Progress progress, Clock clock) {
        this.account = account;
        this.baseUrl = baseUrl;
        this.progress = progress;
        this.clock = clock;
    }

    /** What no step looks at can be known from AIQ alone. */
    void unseen() {
        for (Point point : Point.values()) {
            progress.findings.putIfAbsent(point, new Finding(Verdict.NOT_SEEN, "cannot be seen from outside; ask AIQ"));
        }
    }

    Map<Verdict, Long> counts() {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        progress.findings.values().forEach(one -> counts.merge(one.verdict(), 1L, Long::sum));
        return counts;
    }

    void print(Dialogue person) {
        person.say("");
        lines().forEach(person::say);
        if (progress.trial != null && progress.trial.sentAt > 0) {
            person.say("aiq-bridge reconcile lists the redemption " + progress.trial.transactionId
                    + " as not made through the bridge: it was made for this check.");
        }
        printOpen(person);
    }

    void printOpen(Dialogue person) {
        if (progress.trial != null && progress.trial.open()) {
            person.say("The test redemption " + progress.trial.transactionId + " of contact " + progress.trial.contactId
                    + " is not settled: "
                    + (progress.trial.taken.signum() > 0
                            ? progress.trial.taken.toPlainString() + " points are still taken."
                            : "look in AIQ whether it took " + progress.trial.points.toPlainString() + " points."));
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.DIFFERS, Verdict.NOT_SEEN, Verdict.CONFIRMED)) {
            progress.findings.forEach((point, finding) -> {
                if (finding.verdict() == verdict) {
                    lines.add(String.format(
                            "%-10s %-12s %s (%s)", verdict.words(), point.section(), point.belief(), finding.detail()));
                }
            });
        }
        lines.add("");
        if (progress.settings.isEmpty()) {
            lines.add("No setting has to change.");
        } else {
            lines.add("For config/application.properties:");
            progress.settings.forEach((key, value) -> lines.add(key + " = " + value));
        }
        return lines;
    }

    void write(Path file) {
        List<String> text = new ArrayList<>();
        text.add("AIQ Bridge: what was found of AIQ's API at "
                + URI.create(baseUrl).getHost() + ", account " + account.uid() + ", " + clock.instant());
        text.add("The numbers are the sections of routes/aiq/README.md. Nothing here is about a customer.");
        text.add("");
        text.addAll(lines());
        text.add("");
        text.add("What the answers look like: status, names and types.");
        progress.shapes.forEach((operation, shapes) ->
                shapes.lines().forEach(shape -> text.add(String.format("%-12s %s", operation, shape))));
        try {
            Files.writeString(file, Masked.text(String.join("\n", text)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
