package aiqbridge.redemption;

import aiqbridge.aiq.ReportRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in AIQ's report for what AIQ confirmed, and for what its records said had no effect (routes/redemption/README.md section 1.5). The first shows how late the
 * report is and what never ran though AIQ said so; the second, that an assumption about AIQ does not hold: then nothing of the account is sent again.
 */
public final class Confirmation {
    private static final Logger LOG = LoggerFactory.getLogger(Confirmation.class);

    /**
     * What a report says of the attempts that are watched.
     *
     * @param marks      when each was shown, or missing
     * @param flagged    redemptions that a person is to look at, or no longer
     * @param stopReason why nothing of the account is sent again before a person allows it, null where all is as assumed
     */
    public record Read(String accountId, List<Mark> marks, List<Flagged> flagged, String stopReason) {}

    /** Epoch milliseconds; null leaves what stands. */
    public record Mark(String subjectId, long fence, Long shownAt, Long missingAt) {}

    /**
     * @param flag null for none
     * @param only the flag that it has to have for that, {@code none} for none; null for any
     */
    public record Flagged(String redemptionId, String flag, String only) {}

    private final Doubt doubt;

    public Confirmation(Doubt doubt) {
        this.doubt = doubt;
    }

    /**
     * @param used ids of AIQ's rows that stand for something of ours
     */
    public Read read(String account, Reading report, List<Watched> watched, List<String> used) {
        List<Mark> marks = new ArrayList<>();
        List<Flagged> flagged = new ArrayList<>();
        if (!report.listed()) {
            return new Read(account, marks, flagged, null);
        }
        long lag = 0;
        List<ReportRow> rows = new ArrayList<>(report.rows().stream()
                .filter(r -> Evidence.taken(r, report.rows()))
                .toList());
        List<Watched> missing = new ArrayList<>();
        for (Watched one : watched.stream()
                .filter(Watched::executed)
                .sorted(Comparator.comparingLong(Watched::startedAt))
                .toList()) {
            ReportRow row = rows.stream()
                    .filter(r -> doubt.shows(r, one.control()))
                    .min(Evidence.FIRST)
                    .orElse(null);
            if (row == null) {
                missing.add(one);
                continue;
            }
            rows.remove(row);
            if (one.shownAt() == null) {
                if (one.missingAt() != null) {
                    lag = Math.max(lag, one.missingAt() - one.endedAt());
                }
                marks.add(new Mark(one.subjectId(), one.fence(), report.begun(), null));
                if (doubt.unseen(one.missingAt(), one.endedAt())) {
                    flagged.add(new Flagged(one.subjectId(), null, "executed-unseen"));
                }
            }
        }
        missing.stream()
                .filter(one -> report.qualified() && one.shownAt() == null && one.reversed() == 0)
                .forEach(one -> {
                    long asOf = doubt.asOf(report, one);
                    if (doubt.late(asOf - one.endedAt())) {
                        marks.add(new Mark(one.subjectId(), one.fence(), null, asOf));
                    }
                    if (doubt.unseen(asOf, one.endedAt())) {
                        flagged.add(new Flagged(one.subjectId(), "executed-unseen", "none"));
                    }
                });
        Set<String> known = new HashSet<>(used);
        String stop = doubt.tooLate(lag) ? "report-lag" : null;
        Set<String> unseen = missing.stream().map(Watched::subjectId).collect(Collectors.toSet());
        for (Watched one : watched) {
            // where what AIQ confirmed of it is not recognised, another row of it tells nothing
            if (unseen.contains(one.subjectId())) {
                continue;
            }
            if (rows.stream()
                    .filter(r -> r.id() == null || !known.contains(r.id()))
                    .filter(r -> !known.contains(Evidence.key(one.contactId(), r)))
                    .anyMatch(r -> one.executed()
                            ? doubt.again(r, one.control(), report.begun())
                            : doubt.afterAll(r, one, report.begun()))) {
                String flag = one.executed() ? "taken-twice" : "taken-after-all";
                flagged.add(new Flagged(one.subjectId(), flag, null));
                stop = flag;
            }
        }
        return new Read(account, marks, flagged, stop);
    }

    /** People are told once. */
    public void stopped(Read read, int accounts) {
        if (accounts == 1) {
            LOG.error(
                    "ALERT: AIQ does not keep to what is assumed of it for account {} ({}); nothing of it is sent again before a person allows it: aiq-bridge brake list",
                    read.accountId(),
                    read.stopReason());
        }
    }
}
