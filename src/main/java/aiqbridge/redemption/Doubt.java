package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.aiq.ReportRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt whose bytes left and that no whole 2xx answered: when AIQ is asked about it, and from when on an answer that does not show its effect means
 * that there was none. Times are epoch milliseconds.
 */
public final class Doubt {
    /** Statuses that refuse nothing: the key, the address, the time or the limit, not the wish. */
    private static final Set<Integer> NO_REFUSAL = Set.of(401, 403, 404, 408, 429);

    /** How far AIQ's clock may be from ours where nobody knows. */
    private static final Duration UNKNOWN_CLOCK = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Doubt.class);

    /** AIQ's lists may leave out what goes beyond a whole second. */
    private static final Duration WHOLE_SECONDS = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<String, Long> learnt = new ConcurrentHashMap<>();
    private final Duration firstAsk;
    private final Duration effectWithin;
    private final Duration walletLag;
    private final Duration reportLag;
    private final Duration skew;
    private final Duration apart;
    private final Duration unknownFor;
    private final Duration settleEvery;
    private final Duration timeout;
    private final Set<Integer> limiter = new TreeSet<>();
    private final int mostResends;
    private final Set<String> absenceIsEnough;

    public Doubt(Settings settings, Clock clock) {
        this.clock = clock;
        this.firstAsk = settings.duration("redemption.settle-after");
        this.effectWithin = settings.duration("aiq.effect-within");
        this.walletLag = settings.duration("aiq.wallet-lag");
        this.reportLag = settings.duration("aiq.report-lag");
        this.skew = settings.duration("aiq.clock-error");
        this.apart = settings.duration("redemption.readings-apart");
        this.unknownFor = settings.duration("redemption.unknown-for");
        this.settleEvery = settings.duration("redemption.settle-every");
        this.mostResends = settings.number("redemption.resend-max");
        this.absenceIsEnough = settings.has("redemption.absence-is-enough")
                ? Set.of(settings.text("redemption.absence-is-enough").split("\\s*,\\s*"))
                : Set.of();
        Duration longest = Set.of("aiq.redeem-timeout", "aiq.reverse-timeout", "aiq.adjust-timeout").stream()
                .map(settings::duration)
                .max(Duration::compareTo)
                .orElseThrow();
        this.timeout = longest.plus(settings.duration("aiq.connect-timeout"));
        if (effectWithin.compareTo(timeout) < 0) {
            throw new StartRefused(
                    "The setting aiq.effect-within is shorter than the time-outs of a call that moves points ("
                            + timeout.toSeconds() + " s).",
                    "AIQ may still process a call that we no longer wait for; lengthen it, for example: aiq.effect-within = 5m");
        }
        for (String status : settings.has("aiq.limiter-statuses")
                ? settings.text("aiq.limiter-statuses").split("\\s*,\\s*")
                : new String[0]) {
            if (!status.matches("4\\d\\d|5\\d\\d")) {
                throw new StartRefused(
                        "The setting aiq.limiter-statuses = " + settings.text("aiq.limiter-statuses")
                                + " is not a list of statuses.",
                        "For example: aiq.limiter-statuses = 429, or leave it empty.");
            }
            limiter.add(Integer.valueOf(status));
        }
    }

    /** A call in doubt since then or later may still get its two readings: no other call moves the points of its contact meanwhile. */
    public long freshSince() {
        return clock.millis()
                - shown(null, effectWithin)
                        .plus(apart)
                        .plus(settleEvery.multipliedBy(2))
                        .toMillis();
    }

    /** How long after an attempt ended its effect may carry a time of AIQ's, and how far before, together. */
    public long effectMillis() {
        return effectWithin.plus(timeout).plus(UNKNOWN_CLOCK.multipliedBy(2)).toMillis();
    }

    private Duration longerLag(String account) {
        Duration report = reportLag(account);
        return walletLag.compareTo(report) > 0 ? walletLag : report;
    }

    /** How late the account's lists may be: as assumed, or twice what they were seen to be where that is more. */
    private Duration reportLag(String account) {
        long seen = account == null
                ? learnt.values().stream().mapToLong(Long::longValue).max().orElse(0)
                : learnt.getOrDefault(account, 0L);
        return 2 * seen > reportLag.toMillis() ? Duration.ofMillis(2 * seen) : reportLag;
    }

    /** How late the account's report was at most of late, milliseconds: its lists are waited for accordingly. */
    public void learnt(String account, long lag) {
        Long before = learnt.put(account, lag);
        if (2 * lag > reportLag.toMillis() && (before == null || before < lag)) {
            LOG.error(
                    "ALERT: AIQ's report of account {} was {} s late; aiq.report-lag assumes {} s",
                    account,
                    lag / 1_000,
                    reportLag.toSeconds());
        }
    }

    /** How late the account's report was seen to be, milliseconds; 0 where it was not. */
    public long learnt(String account) {
        return learnt.getOrDefault(account, 0L);
    }

    /** Longer than is assumed: then silence means nothing. */
    boolean tooLate(long lag) {
        return lag > reportLag.toMillis();
    }

    /** So late that it has to be known how late. */
    boolean late(long lag) {
        return 2 * lag > reportLag.toMillis();
    }

    /** What AIQ confirmed and its report should long have shown. */
    boolean unseen(Long missingAt, long endedAt) {
        return missingAt != null && missingAt - endedAt >= 2 * reportLag.toMillis();
    }

    /** From when on attempts are looked for in AIQ's report, epoch milliseconds: an effect that comes later than assumed is still noticed. */
    public long watchedSince() {
        return clock.millis() - shown(null, effectWithin).multipliedBy(4).toMillis();
    }

    /** What was confirmed before then and not shown calls for a report, if the last was read before then too. */
    public long watchedBefore() {
        return clock.millis() - reportLag.toMillis() / 2;
    }

    /** Only a report that was read before then is read again for what had no effect. */
    public long watchedRarely() {
        return clock.millis() - reportLag.toMillis();
    }

    /** What the reading shows as of when, by our clock: an answer out of a cache is older than its asking. */
    long asOf(Reading reading, Watched one) {
        return reading.at() == null || one.aiqStartedAt() == null
                ? Long.MIN_VALUE / 2
                : Math.min(reading.begun(), reading.at() - (one.aiqStartedAt() - one.startedAt()));
    }

    /** When AIQ is first asked what became of an attempt that has just ended. */
    public long firstAskAt() {
        return clock.millis() + firstAsk.toMillis();
    }

    /** When it is asked again: soon at first, then when its silence counts and once more after that, then ever more rarely. */
    public long nextAskAt(Attempted row, Long absentSince) {
        return nextAskAt(row, new Silence(absentSince, null, null));
    }

    /** The same; a first reading waits for its second. */
    long nextAskAt(Attempted row, Silence silence) {
        long now = clock.millis();
        OptionalLong second = Stream.of(
                        second(silence.absentSince(), apart),
                        second(silence.listsSilentSince(), reportLag(row.accountId())),
                        second(silence.contactChangedSince(), apart))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min();
        if (second.isPresent()) {
            return Math.max(second.getAsLong(), now);
        }
        long since = row.unknownSince();
        long counts = countsFrom(row);
        long next = Math.min(counts, since + firstAsk.toMillis());
        while (next <= now && next < counts) {
            next = Math.min(counts, since + Math.max(4 * (next - since), 1_000));
        }
        long apartLater = counts + apart.toMillis();
        if (next <= now) {
            next = apartLater;
        }
        while (next <= now) {
            next = since + 2 * Math.max(next - since, 1_000);
        }
        long end = since + unknownFor.toMillis();
        return now < end ? Math.min(next, end) : next;
    }

    private static Long second(Long first, Duration later) {
        return first == null ? null : (Long) (first + later.toMillis());
    }

    /**
     * Whether a reading would show the effect, had there been one: begun late enough by our clock, and made late enough by AIQ's own. An answer that does not
     * say when it was made counts for nothing, nor does any where AIQ's clock was not known when the attempt began.
     */
    public boolean counts(Attempted row, long begun, Long made) {
        return begunAfter(row, shownWithin(row), begun, made);
    }

    /** The same where AIQ's lists alone shall speak: twice as late, whoever answered. */
    boolean listsCount(Attempted row, Reading list) {
        return list.complete()
                && begunAfter(row, shown(row.accountId(), effectWithin).multipliedBy(2), list.begun(), list.at());
    }

    private boolean begunAfter(Attempted row, Duration ended, long begun, Long made) {
        if (begun < endedAt(row) + ended.toMillis() || made == null) {
            return false;
        }
        return row.startedAt() == null
                || row.aiqStartedAt() != null
                        && made + skew.toMillis() >= row.aiqStartedAt() + lasted(row) + ended.toMillis();
    }

    private long countsFrom(Attempted row) {
        return endedAt(row) + shownWithin(row).toMillis();
    }

    private Duration shownWithin(Attempted row) {
        // also for the limiter's own: a balance proves nothing while movements may be missing from the list
        return shown(row.accountId(), limited(row) ? Duration.ZERO : effectWithin);
    }

    /** By when AIQ shows what takes effect within that time; of no account in particular by when all do. */
    private Duration shown(String account, Duration within) {
        return within.plus(longerLag(account)).plus(skew.multipliedBy(2));
    }

    /** When the report will show more than now. */
    long afterReport(Attempted row) {
        return clock.millis() + reportLag(row.accountId()).toMillis();
    }

    /** Whether AIQ would show the effect by now. */
    boolean silenceCounts(Attempted row) {
        return clock.millis() >= countsFrom(row);
    }

    /** Whether AIQ's lists alone may say that it had no effect: it leaves no trace in the balance, or its account is said to be so. */
    boolean listsSuffice(Unclear row) {
        return row.points().signum() == 0 || absenceIsEnough.contains(row.accountId());
    }

    /** Whether two silent readings of AIQ's lists are far enough from one another to be two. */
    boolean listsApart(Unclear row, long earlier, long later) {
        return later - earlier >= reportLag(row.accountId()).toMillis();
    }

    /** Whether the answer came from what limits calls, in front of AIQ's books: one reading is enough then. */
    public boolean limited(Attempted row) {
        return row.httpStatus() != null && limited(row.httpStatus());
    }

    /** Whether that status comes from what limits calls. */
    public boolean limited(int status) {
        return limiter.contains(status);
    }

    /** Whether this reading and the one before are far enough from one another to be two. */
    boolean apart(long earlier, long later) {
        return later - earlier >= apart.toMillis();
    }

    /** Whether a person must look: asked for long enough, and no reading stands that one more would turn into evidence, as when the bridge was off all that time. */
    public boolean tooLong(Attempted row, Long absentSince) {
        return tooLong(row, new Silence(absentSince, null, null));
    }

    boolean tooLong(Attempted row, Silence silence) {
        long since = Stream.of(silence.absentSince(), silence.listsSilentSince(), silence.contactChangedSince())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .reduce(row.unknownSince(), Math::max);
        return clock.millis() - since >= unknownFor.toMillis();
    }

    /** From when on an effect may be seen, by AIQ's clock as are all times of lists; what another copy of the database sent, at any time since it was queued. */
    long sentAt(Attempted row) {
        return row.startedAt() == null
                ? row.queuedAt() - UNKNOWN_CLOCK.toMillis()
                : began(row.startedAt(), row.aiqStartedAt()) - error(row.aiqStartedAt());
    }

    private static long began(long ours, Long aiqs) {
        return aiqs == null ? ours : aiqs;
    }

    private long error(Long aiqStartedAt) {
        return (aiqStartedAt == null ? UNKNOWN_CLOCK : skew).plus(WHOLE_SECONDS).toMillis();
    }

    /** How far AIQ's clock was from ours then; 0 where nobody knew. */
    private static long offset(Attempted row) {
        return row.startedAt() == null || row.aiqStartedAt() == null ? 0 : row.aiqStartedAt() - row.startedAt();
    }

    /** Our clock may have been set while it was under way: then it lasted as long as it may. */
    private long lasted(Attempted row) {
        long lasted = row.startedAt() == null ? 0 : endedAt(row) - row.startedAt();
        return lasted < 0 ? timeout.toMillis() : lasted;
    }

    /** From when on a movement may be missing from the balance that was read before the attempt. */
    long snapshotFrom(Attempted row) {
        return sentAt(row) - walletLag.toMillis();
    }

    /** From when on the contact's movements are asked for; of a reversal since its redemption was queued: its points may have been given back by hand long before. */
    long listedFrom(Attempted row) {
        long since = row.listedSince();
        return since == Long.MAX_VALUE
                ? snapshotFrom(row)
                : Math.min(since + offset(row) - error(row.aiqStartedAt()), snapshotFrom(row));
    }

    /** Until when lists are asked for: until now, by AIQ's clock, or until the effect must have its time. */
    long listedUntil(Attempted row) {
        return Math.max(clock.millis() + offset(row), effectUntil(row));
    }

    /** Before when something was confirmed that AIQ's lists have to show when they are asked for then. */
    long shownBefore(String account, long begun) {
        return begun - reportLag(account).plus(skew.multipliedBy(2)).toMillis();
    }

    /** From when on a list has to be asked for, so that it can show these. */
    long shownFrom(List<Control> controls) {
        return controls.stream()
                .mapToLong(c -> began(c.startedAt(), c.aiqStartedAt()) - error(c.aiqStartedAt()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Until when, by AIQ's clock, a report has to be asked for to show what was done until now. */
    long shownUntil(List<Watched> watched) {
        return clock.millis()
                + watched.stream()
                        .filter(one -> one.aiqStartedAt() != null)
                        .mapToLong(one -> one.aiqStartedAt() - one.startedAt())
                        .max()
                        .orElse(0);
    }

    /** Whether a row is what AIQ confirmed, or would be an attempt's effect, by contact, discount, time and, where it names one, sale. */
    boolean shows(ReportRow r, Control control) {
        return shows(r, control, effectWithin);
    }

    private boolean shows(ReportRow r, Control control, Duration within) {
        return of(r, control)
                && (r.transactionId() == null || r.transactionId().equals(control.transactionId()))
                && inTime(control, r.at(), within);
    }

    /** Whether a row is the same once more, whenever it was since; what is younger than a minute may be that of an attempt that began meanwhile. */
    boolean again(ReportRow r, Control control, long begun) {
        return of(r, control)
                && r.transactionId() != null
                && r.transactionId().equals(control.transactionId())
                && r.at() != null
                && r.at() >= shownFrom(List.of(control))
                && r.at() <= begun + offset(control) - UNKNOWN_CLOCK.toMillis() - error(control.aiqStartedAt());
    }

    private static long offset(Control control) {
        return control.aiqStartedAt() == null ? 0 : control.aiqStartedAt() - control.startedAt();
    }

    /** Whether a row is the effect of an attempt of which AIQ's records had said that it had none: in time, or however late where it names the sale and no later attempt can be meant. */
    boolean afterAll(ReportRow r, Watched one, long begun) {
        boolean atOnce = one.httpStatus() != null && limited(one.httpStatus());
        return shows(r, one.control(), atOnce ? Duration.ZERO : effectWithin)
                || again(r, one.control(), begun)
                        && (one.doubtedFrom() == null || r.at() < one.doubtedFrom() - error(one.aiqStartedAt()));
    }

    private static boolean of(ReportRow r, Control control) {
        return r.of(control.contactId(), control.phone(), control.email())
                && control.discountId().equals(r.discountId());
    }

    /** Whether that is when AIQ came to what it confirmed: then the clock of its lists is known, too. */
    private boolean inTime(Control control, Long at, Duration within) {
        long began = began(control.startedAt(), control.aiqStartedAt());
        long error = error(control.aiqStartedAt());
        return at != null
                && at >= began - error
                && at <= began + control.endedAt() - control.startedAt() + within.toMillis() + error;
    }

    /** Whether a movement of that time came certainly after the balance before the attempt was read, and stands certainly in a wallet read then. */
    boolean between(Attempted row, long at, long begun) {
        return row.startedAt() != null
                && at > began(row.startedAt(), row.aiqStartedAt()) + error(row.aiqStartedAt())
                && at <= begun + offset(row) - walletLag.toMillis() - error(row.aiqStartedAt());
    }

    /** Until when the effect of the attempt may carry a time of AIQ's. */
    long effectUntil(Attempted row) {
        long ended = row.startedAt() == null ? endedAt(row) : began(row.startedAt(), row.aiqStartedAt()) + lasted(row);
        return ended + effectWithin.toMillis() + error(row.aiqStartedAt());
    }

    private long endedAt(Attempted row) {
        return row.endedAt() == null ? row.unknownSince() + timeout.toMillis() : row.endedAt();
    }

    /** What follows when it certainly did not run: tried again, unless AIQ refuses it for good or it was tried often enough. */
    public String afterAbsence(Attempted row) {
        Integer status = row.httpStatus();
        boolean refusal = status != null && status / 100 == 4 && !NO_REFUSAL.contains(status);
        if (refusal && row.refusals() > 0) {
            return "REJECTED";
        }
        return row.resends() >= mostResends || row.resendsByLists() > 0 ? "PARKED" : "AGAIN";
    }
}
