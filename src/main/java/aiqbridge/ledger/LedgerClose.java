package aiqbridge.ledger;

import aiqbridge.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Closes days: a day of an account's zone is over for good when {@code ledger.close-after} has passed since its midnight. */
public final class LedgerClose {
    private final Clock clock;
    private final Duration after;

    public LedgerClose(Settings settings, Clock clock) {
        this.clock = clock;
        this.after = settings.duration("ledger.close-after");
    }

    /** Those of the days that are over. */
    public List<OpenDay> over(AccountZone account, List<OpenDay> days) {
        String today = LocalDate.ofInstant(clock.instant().minus(after), ZoneId.of(account.zone()))
                .toString();
        return days.stream().filter(day -> day.localDate().compareTo(today) < 0).toList();
    }

    public List<SealedEntry> seals(List<LedgerEntry> entries) {
        return entries.stream().map(LedgerClose::seal).toList();
    }

    private static SealedEntry seal(LedgerEntry entry) {
        return new SealedEntry(entry, LedgerDigest.ofEntry(entry));
    }

    /** @param before the last closed day of the account, none before the first */
    public LedgerDay day(OpenDay day, List<DayBefore> before, List<SealedEntry> entries) {
        LedgerTotals totals = new LedgerTotals();
        entries.forEach(one -> totals.add(one.entry()));
        LedgerDay closed = new LedgerDay(
                day.accountId(),
                before.isEmpty() ? 1 : before.get(0).dayNumber() + 1,
                day.localDate(),
                totals.entries(),
                totals.redeemed(),
                totals.reversed(),
                totals.money(),
                totals.withoutMoney(),
                before.isEmpty() ? LedgerDigest.BEGINNING : before.get(0).digest(),
                clock.millis(),
                null);
        return closed.sealed(LedgerDigest.ofDay(
                closed, entries.stream().map(SealedEntry::seal).toList()));
    }
}
