package aiqbridge.ledger;

import aiqbridge.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Closes days: a day of an account's zone is over for good when {@code ledger.close-after} has passed since its midnight. */
public final class LedgerClose {
    private final Clock clock;
    private final Duration after;

    public LedgerClose(Settings settings, Clock clock) {
        this.clock = clock;
        this.after = settings.duration("ledger.close-after");
    }

    /** Those of the days that are over. */
    public List<Map<String, Object>> over(Map<String, Object> account, List<Map<String, Object>> days) {
        String today = LocalDate.ofInstant(clock.instant().minus(after), ZoneId.of((String) account.get("zone")))
                .toString();
        return days.stream()
                .filter(day -> ((String) day.get("local_date")).compareTo(today) < 0)
                .toList();
    }

    /** One row for each entry, with its points and money for the day's totals. */
    public List<Map<String, Object>> seals(Map<String, Object> day, List<Map<String, Object>> entries) {
        List<Map<String, Object>> seals = new ArrayList<>();
        for (Map<String, Object> entry : entries) {
            Map<String, Object> seal = new HashMap<>(day);
            seal.put("ledger_id", entry.get("ledger_id"));
            seal.put("kind", entry.get("kind"));
            seal.put("points", entry.get("points"));
            seal.put("money", entry.get("money"));
            seal.put("digest", LedgerDigest.ofEntry(entry));
            seals.add(seal);
        }
        return seals;
    }

    /** @param before the last closed day of the account, none before the first */
    public Map<String, Object> day(
            Map<String, Object> day, List<Map<String, Object>> before, List<Map<String, Object>> seals) {
        LedgerTotals totals = new LedgerTotals();
        seals.forEach(totals::add);
        Map<String, Object> closed = new HashMap<>(day);
        closed.put("day_number", before.isEmpty() ? 1 : ((Number) before.get(0).get("day_number")).intValue() + 1);
        closed.put("entries", totals.entries());
        closed.put("points_redeemed", totals.redeemed());
        closed.put("points_reversed", totals.reversed());
        closed.put("money", totals.money());
        closed.put("without_money", totals.withoutMoney());
        closed.put(
                "previous_digest",
                before.isEmpty() ? LedgerDigest.BEGINNING : before.get(0).get("digest"));
        closed.put("closed_at", clock.millis());
        closed.put("digest", LedgerDigest.ofDay(closed, seals));
        return closed;
    }
}
