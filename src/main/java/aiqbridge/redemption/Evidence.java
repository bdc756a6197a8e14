package aiqbridge.redemption;

import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Priority;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settles what was sent without a clear answer, by AIQ's own reports, timeline and wallet: a row of AIQ's that fits is evidence for, and each settles at most
 * one of ours. Evidence against is only what two whole readings show that were begun when the effect would have been in them (see {@link Doubt}): a list
 * without it that does show what AIQ confirmed to us before, and, independent of that list, the balance or the offer as it was before the call.
 */
public final class Evidence {
    public static final String SHOWN = "AIQ's own records show it", NOT_SHOWN = "AIQ's own records do not show it";
    /** Lengths at which lists are cut where they are cut at all. */
    private static final Set<Integer> PAGE_SIZES = Set.of(100, 250, 500, 1_000, 2_000);

    /** With more of them the balance hardly says anything. */
    private static final int MOST_MOVEMENTS = 8;

    /** The row that names the sale, else the earliest: a later one may be another's. */
    static final Comparator<ReportRow> FIRST = Comparator.<ReportRow, Boolean>comparing(r -> r.transactionId() == null)
            .thenComparing(ReportRow::at);

    private static final Reading NONE = new Reading(List.of(), List.of(), false, false, false, 0, null);
    private final Clock clock;
    private final Doubt doubt;

    public Evidence(Doubt doubt, Clock clock) {
        this.clock = clock;
        this.doubt = doubt;
    }

    /** From when on what AIQ confirmed is of interest to these rows, epoch milliseconds. */
    public long since(List<? extends Attempted> rows, List<Watched> watched) {
        return Math.min(
                rows.stream().mapToLong(doubt::sentAt).min().orElse(clock.millis()),
                doubt.shownFrom(watched.stream()
                        .filter(Watched::open)
                        .map(Watched::control)
                        .toList()));
    }

    /** What AIQ's lists show by now, if it was confirmed before, epoch milliseconds. */
    public long shownBefore(String account) {
        return doubt.shownBefore(account, clock.millis());
    }

    /** What AIQ's report is asked for: from before the first of these rows and controls until now. */
    public AiqAsk.Period window(
            String account, long since, List<? extends Attempted> rows, List<Watched> watched, List<Control> controls) {
        return new AiqAsk.Period(
                account,
                Priority.RECONCILIATION,
                Math.min(since, doubt.shownFrom(controls)),
                Math.max(until(rows), doubt.shownUntil(watched)));
    }

    /** What the row's contact alone is asked for. */
    public AiqAsk.PeriodOfContact ofContact(Attempted row, List<Control> controls) {
        return new AiqAsk.PeriodOfContact(
                row.accountId(),
                Priority.RECONCILIATION,
                Math.min(doubt.listedFrom(row), doubt.shownFrom(of(row.contactId(), controls))),
                until(List.of(row)),
                row.contactId());
    }

    private long until(List<? extends Attempted> rows) {
        return rows.stream().mapToLong(doubt::listedUntil).max().orElse(clock.millis());
    }

    /** The report as it was read; nothing when it could not be: then the contact's own timeline is asked, and the time until a person looks goes on. */
    public Reading report(AiqAnswer answer, List<Control> controls, Long begun) {
        return answer.outcome() == AiqAnswer.Outcome.DONE
                ? reading(answer, ((Report) answer.value()).rows(), controls, begun)
                : NONE;
    }

    /** The contact's movements as they were read; only its redemptions can be one of ours. */
    public Reading timeline(Attempted row, AiqAnswer answer, List<Control> controls, Long begun) {
        if (answer.outcome() != AiqAnswer.Outcome.DONE) {
            return NONE;
        }
        Report report = (Report) answer.value();
        List<ReportRow> redemptions = report.rows().stream()
                .filter(r -> "redemption".equals(r.type()))
                .toList();
        return reading(answer, redemptions, of(row.contactId(), controls), begun);
    }

    /** Complete when each control that was not reversed is shown, and one at all, by contact, discount and time and by a row of its own, and the list was not cut. */
    private Reading reading(AiqAnswer answer, List<ReportRow> redemptions, List<Control> controls, long begun) {
        Report report = (Report) answer.value();
        List<ReportRow> free = new ArrayList<>(redemptions);
        List<Control> shown = controls.stream()
                .sorted(Comparator.comparingLong(Control::startedAt))
                .filter(control -> free.stream()
                        .filter(r -> doubt.shows(r, control))
                        .min(FIRST)
                        // what was reversed may be gone: the row may be another's
                        .map(r -> control.reversed() == 1 || free.remove(r))
                        .orElse(false))
                .toList();
        boolean qualified = !shown.isEmpty()
                && report.listed()
                && !PAGE_SIZES.contains(report.rows().size());
        boolean complete =
                qualified && controls.stream().allMatch(control -> control.reversed() == 1 || shown.contains(control));
        return new Reading(
                report.rows(), complete ? free : redemptions, report.listed(), qualified, complete, begun, answer.at());
    }

    private static List<Control> of(String contactId, List<Control> controls) {
        return controls.stream().filter(c -> c.contactId().equals(contactId)).toList();
    }

    /**
     * EXECUTED, or ASK when the report alone does not say, or WAIT while its silence, and the timeline's, would not count.
     *
     * @param used ids of AIQ's rows that already stand for one of ours
     */
    public Settled inReport(Unclear row, Reading report, List<String> used) {
        Settled shown = shown(row, report, used);
        if (shown != null) {
            return shown;
        }
        // a report that would show it is enough while silence says nothing yet
        return report.complete() && (row.parked() || !doubt.silenceCounts(row)) ? waits(row, row.silence()) : asks(row);
    }

    /** EXECUTED by a row that is this one's; PARK where AIQ shows what nobody can make sense of but a person; null where it shows neither. */
    private Settled shown(Unclear row, Reading list, List<String> used) {
        List<ReportRow> inTime = list.redemptions().stream()
                .filter(r -> inTime(row, r) && taken(r, list.rows()))
                .toList();
        boolean alone = row.unnamed() == 0 && neighboursKnown(row, list, used);
        List<ReportRow> fit = inTime.stream().filter(r -> mayBe(row, r, used)).toList();
        ReportRow named =
                fit.stream().filter(r -> r.transactionId() != null).findFirst().orElse(null);
        if (named != null || fit.size() == 1 && alone) {
            return executed(row, named == null ? fit.get(0) : named);
        }
        if (row.parked() || !doubt.silenceCounts(row)) {
            return null;
        }
        if (fit.size() > 1 && alone) {
            return flagged(row, "taken-twice", "AIQ shows it more often than it was sent");
        }
        return inTime.stream().anyMatch(r -> differs(row, r) && !used.contains(key(row.contactId(), r)))
                ? flagged(
                        row, "shown-differently", "AIQ shows this sale's redemption under another customer or discount")
                : null;
    }

    /** Whether it takes points: a report may list what was given back, too, with the other sign. */
    static boolean taken(ReportRow r, List<ReportRow> all) {
        return (r.type() == null || r.type().equals("redemption"))
                && (r.points() == null
                        || r.points().signum() <= 0
                        || all.stream()
                                .noneMatch(o -> o.points() != null && o.points().signum() < 0));
    }

    /** Whether each one like it that AIQ confirmed about then has a row of its own: by AIQ's id, or as a control of a list that is complete by now. */
    private boolean neighboursKnown(Unclear row, Reading list, List<String> used) {
        return row.neighbours() == 0
                || list.complete() && doubt.silenceCounts(row)
                || list.rows().stream()
                                .filter(r ->
                                        row.sameContact(r) && row.discountId().equals(r.discountId()))
                                .filter(r -> used.contains(key(row.contactId(), r)))
                                .count()
                        >= row.neighbours();
    }

    /** A row that names our sale alone, and another customer or discount. */
    private static boolean differs(Unclear row, ReportRow r) {
        return r.transactionId() != null
                && r.transactionId().equals(row.transactionId())
                && row.namesakes() == 0
                && (r.contactId() != null
                                && row.contactId() != null
                                && !r.contactId().equals(row.contactId())
                        || row.sameContact(r)
                                && r.discountId() != null
                                && !r.discountId().equals(row.discountId()));
    }

    /** EXECUTED, ASK when the wallet may tell more, or WAIT, or PARK when it has waited long enough. */
    public Settled inTimeline(Unclear row, Reading timeline, Reading report, List<String> used) {
        Settled shown = shown(row, timeline, used);
        if (shown != null) {
            return shown;
        }
        return !row.parked() && timeline.listed() && counts(row, timeline) && lists(row, timeline, report)
                ? asks(row)
                : waits(row, row.silence());
    }

    /** AGAINST with {@code against} DUE, REJECTED or PARKED, or WAIT, or PARK. */
    public Settled inWallet(Unclear row, AiqAnswer wallet, Reading timeline, Reading report, List<String> used) {
        if (!doubt.counts(row, timeline.begun(), wallet.at())) {
            return waits(row, row.silence());
        }
        if (ofAnother(row, wallet)) {
            Long since = first(row.contactChangedSince(), timeline.begun());
            return doubt.apart(since, timeline.begun())
                    ? flagged(row, "merged", "AIQ's wallet is another contact's now")
                    : waits(row, new Silence(row.absentSince(), row.listsSilentSince(), since));
        }
        if (!reads(row, wallet)) {
            return waits(row, row.silence());
        }
        boolean silent = silent(row, report, used) && silent(row, timeline, used);
        Boolean standing = stands(row, timeline, (Wallet) wallet.value(), used);
        boolean absent = silent && Boolean.TRUE.equals(standing);
        boolean lists = silent
                && standing == null
                && doubt.listsSuffice(row)
                && doubt.listsCount(row, timeline)
                && doubt.listsCount(row, report);
        long begun = begun(row, timeline, report);
        if (proved(row, absent, begun)) {
            return ranNot(row, "WALLET");
        }
        long listsBegun = Math.min(timeline.begun(), report.begun());
        if (lists && row.listsSilentSince() != null && doubt.listsApart(row, row.listsSilentSince(), listsBegun)) {
            return ranNot(row, "LISTS");
        }
        return waits(
                row,
                new Silence(
                        absent ? first(row.absentSince(), begun) : null,
                        lists ? first(row.listsSilentSince(), listsBegun) : null,
                        null));
    }

    private Settled ranNot(Unclear row, String by) {
        return switch (doubt.afterAbsence(row)) {
            case "REJECTED" ->
                against(
                        row,
                        by,
                        "REJECTED",
                        "refused",
                        "Discount given, points not taken: AIQ refused with " + row.httpStatus() + " twice.");
            case "PARKED" ->
                against(
                        row,
                        by,
                        "PARKED",
                        "sent-too-often",
                        "AIQ does not execute it, however often it is sent; nothing was taken.");
            default -> against(row, by, "DUE", null, "AIQ's own records do not show it: it was not executed");
        };
    }

    /** A whole wallet that names another contact than the redemption's. */
    private static boolean ofAnother(Attempted row, AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE
                && ((Wallet) answer.value()).whole()
                && row.contactId() != null
                && ((Wallet) answer.value()).contactId() != null
                && !row.contactId().equals(((Wallet) answer.value()).contactId());
    }

    /** Whether a list that counts would show it: the timeline or the report; of what only the limiter answered, any timeline. */
    private boolean lists(Attempted row, Reading timeline, Reading report) {
        return timeline.complete() || report.complete() && counts(row, report) || doubt.limited(row);
    }

    /** Whether it would show the effect by now. */
    public boolean counts(Attempted row, Reading reading) {
        return doubt.counts(row, reading.begun(), reading.at());
    }

    /** When the earliest of the readings was begun that speak against it. */
    private long begun(Attempted row, Reading timeline, Reading report) {
        return timeline.complete() || !(report.complete() && counts(row, report))
                ? timeline.begun()
                : Math.min(timeline.begun(), report.begun());
    }

    private Settled settled(Unclear row, Settled.Next next) {
        return settled(row, next, NOT_SHOWN, null, null, null, null, null, null, Silence.NONE, 0);
    }

    private Settled settled(
            Unclear row,
            Settled.Next next,
            String detail,
            String aiqRow,
            String aiqRedemptionId,
            String against,
            String againstReason,
            String absentBy,
            String flag,
            Silence silence,
            long nextAttemptAt) {
        return new Settled(
                row,
                next,
                next.name(),
                detail,
                aiqRow,
                aiqRedemptionId,
                against,
                againstReason,
                absentBy,
                flag,
                silence.absentSince(),
                silence.listsSilentSince(),
                silence.contactChangedSince(),
                nextAttemptAt,
                false,
                clock.millis());
    }

    private Settled executed(Unclear row, ReportRow fit) {
        return settled(
                row,
                Settled.Next.EXECUTED,
                SHOWN,
                key(row.contactId(), fit),
                fit.id(),
                null,
                null,
                null,
                null,
                Silence.NONE,
                0);
    }

    private Settled against(Unclear row, String by, String where, String reason, String detail) {
        return settled(row, Settled.Next.AGAINST, detail, null, null, where, reason, by, null, Silence.NONE, 0);
    }

    private Settled flagged(Unclear row, String flag, String detail) {
        return settled(
                row,
                Settled.Next.PARK,
                detail + "; look in AIQ before anything else.",
                null,
                null,
                null,
                null,
                null,
                flag,
                Silence.NONE,
                doubt.nextAskAt(row, Silence.NONE));
    }

    /** More of AIQ's records may tell. */
    Settled asks(Unclear row) {
        return settled(row, Settled.Next.ASK);
    }

    /** It waits whatever the lists show: nothing of its account is sent again now. */
    Settled held(Unclear row) {
        return waits(row, row.silence(), doubt.afterReport(row));
    }

    private Settled waits(Unclear row, Silence silence) {
        return waits(row, silence, doubt.nextAskAt(row, silence));
    }

    private Settled waits(Unclear row, Silence silence, long nextAskAt) {
        return settled(
                row,
                !row.parked() && doubt.tooLong(row, silence) ? Settled.Next.PARK : Settled.Next.WAIT,
                "AIQ may or may not have taken the points; look in AIQ before anything else.",
                null,
                null,
                null,
                null,
                null,
                null,
                silence,
                nextAskAt);
    }

    /**
     * Whether the wallet is what it was before the attempt: the balance, and a single-use discount is offered; where the balance says nothing, the offer alone.
     * Null where neither says anything.
     */
    private Boolean stands(Unclear row, Reading timeline, Wallet wallet, List<String> used) {
        Discount discount = wallet.discount(row.discountId()).orElse(null);
        boolean singleUse = discount == null || discount.singleUse();
        if (singleUse && !offered(row, wallet, timeline)) {
            return false;
        }
        Boolean balance = balanceStands(row, wallet, timeline, used);
        return balance == null && singleUse ? (Boolean) true : balance;
    }

    /** Offered as often as before, and nobody gave it again since. */
    private boolean offered(Unclear row, Wallet wallet, Reading timeline) {
        return wallet.discount(row.discountId()).filter(Discount::available).isPresent()
                && wallet.offers(row.discountId()) == (row.offers() == null ? 1 : row.offers())
                && timeline.rows().stream()
                        .filter(r -> since(row, r))
                        .noneMatch(r -> !"redemption".equals(r.type())
                                && row.discountId().equals(r.discountId()));
    }

    /** A whole wallet of the same contact; anything else is no reading. */
    public static boolean reads(Attempted row, AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE
                && ((Wallet) answer.value()).whole()
                && row.contactId() != null
                && row.contactId().equals(((Wallet) answer.value()).contactId());
    }

    /** Whether a movement is listed that the balance before the call may or may not have held already. */
    private boolean since(Attempted row, ReportRow r) {
        return r.at() == null || r.at() >= doubt.snapshotFrom(row);
    }

    /**
     * Whether the balance is to the point what it was before the call and every movement listed since; null where it says nothing: hidden now or then, no
     * points are at stake, a movement that may be the call's own, or movements of which it is not certain on which side of the call they were counted and
     * that could hide its effect.
     */
    public Boolean balanceStands(Attempted row, Wallet wallet, Reading timeline, List<String> used) {
        if (row.walletPoints() == null
                || wallet.points() == null
                || row.points().signum() == 0) {
            return null;
        }
        List<ReportRow> since =
                timeline.rows().stream().filter(r -> since(row, r)).toList();
        if (!since.isEmpty() && !timeline.complete() || since.size() > MOST_MOVEMENTS) {
            return null;
        }
        Set<BigDecimal> without = new HashSet<>(Set.of(plain(row.walletPoints())));
        for (ReportRow r : since) {
            if (r.points() == null || !another(row, r, used)) {
                return null;
            }
            Set<BigDecimal> counted =
                    without.stream().map(b -> plain(b.add(r.points()))).collect(Collectors.toSet());
            if (r.at() != null && doubt.between(row, r.at(), timeline.begun())) {
                without = counted;
            } else {
                without.addAll(counted);
            }
        }
        BigDecimal effect = row.points().multiply(BigDecimal.valueOf(row.effect()));
        boolean hidden = without.contains(plain(wallet.points().subtract(effect)));
        boolean stands = without.contains(plain(wallet.points()));
        return stands && hidden ? null : (Boolean) stands;
    }

    private static BigDecimal plain(BigDecimal points) {
        return points.stripTrailingZeros();
    }

    /** Whether a movement is certainly not the call's own. */
    private static boolean another(Attempted row, ReportRow r, List<String> used) {
        return used.contains(key(row.contactId(), r))
                || r.discountId() != null && !r.discountId().equals(row.discountId())
                || r.points().signum() == -row.effect();
    }

    /** A row that names its sale whenever AIQ came to it, one without a sale only in the time in which it was sent. */
    private boolean inTime(Unclear row, ReportRow r) {
        boolean named = r.transactionId() != null;
        boolean restored = row.restoredFrom() != null && named;
        return restored || r.at() != null && r.at() >= doubt.sentAt(row) && (named || r.at() <= doubt.effectUntil(row));
    }

    /** No row could be this one's; where AIQ's clock is known by its controls, none of its time. */
    private boolean silent(Unclear row, Reading reading, List<String> used) {
        return reading.redemptions().stream()
                .filter(r -> !reading.complete() || r.at() == null || r.at() >= doubt.sentAt(row))
                .noneMatch(r -> mayBe(row, r, used) || row.nobodyKnowsWhose(r) && alike(row, r));
    }

    /** A row that stands for nothing else and could be this one's. */
    private static boolean mayBe(Unclear row, ReportRow r, List<String> used) {
        return row.sameContact(r) && alike(row, r) && !used.contains(key(row.contactId(), r));
    }

    private static boolean alike(Unclear row, ReportRow r) {
        return row.discountId().equals(r.discountId())
                && (r.transactionId() == null || r.transactionId().equals(row.transactionId()));
    }

    /** Whether it certainly had no effect: two readings that show nothing, far enough apart, or one where only the limiter answered. */
    public boolean proved(Attempted row, boolean absent, long begun) {
        return absent && (doubt.limited(row) || row.absentSince() != null && doubt.apart(row.absentSince(), begun));
    }

    public static Long first(Long before, Long begun) {
        return before == null ? begun : before;
    }

    /** What names this contact's row of AIQ's for good, also where it has no id; the row itself may not name the contact. */
    public static String key(String contactId, ReportRow r) {
        return r.id() != null ? r.id() : contactId + "|" + r.discountId() + "|" + r.transactionId() + "|" + r.at();
    }
}
