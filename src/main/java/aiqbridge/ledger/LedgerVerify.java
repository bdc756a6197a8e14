package aiqbridge.ledger;

import aiqbridge.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reckons the closed days of the ledger again and names every entry that is not as it was when its day was closed. What it cannot see: somebody who wrote the entries, their digests
 * and all days after them anew, together; against that stand the digests on exports that were given away.
 */
public final class LedgerVerify {
    private static final RowMapper<LedgerEntry> ENTRY = new LedgerRows<>(LedgerEntry.class);
    private static final RowMapper<LedgerDay> DAY = new LedgerRows<>(LedgerDay.class);
    private static final RowMapper<LedgerSeal> SEAL = new LedgerRows<>(LedgerSeal.class);
    private final JdbcTemplate store;

    public LedgerVerify(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /** @param what {@code changed, deleted, inserted, reordered} for an entry, {@code day} for the record of a day itself; ledgerId null for a day */
    public record Finding(String accountId, String localDate, Long ledgerId, String what, String sentence) {}

    /** @param digest of the last closed day, null when none is closed */
    public record Verified(String accountId, int days, String lastDate, String digest, List<Finding> findings) {}

    public List<String> accounts() {
        return store.queryForList(
                "select account_id from ledger union select account_id from ledger_day order by 1", String.class);
    }

    /** @param progress in closed days */
    public Verified verify(String accountId, Progress progress) {
        List<Finding> findings = new ArrayList<>();
        List<LedgerDay> days =
                store.query("select * from ledger_day where account_id = ? order by day_number", DAY, accountId);
        String previous = LedgerDigest.BEGINNING;
        int number = 0;
        for (LedgerDay day : days) {
            String date = day.localDate();
            number++;
            progress.at(number, Math.max(number, days.size()));
            if (day.number() != number || !previous.equals(day.previousDigest())) {
                findings.add(
                        new Finding(
                                accountId,
                                date,
                                null,
                                "day",
                                "The day " + date
                                        + " does not follow from the closed day before it: a closed day is missing or was changed."));
                number = day.number();
            }
            List<LedgerSeal> seals = store.query(
                    "select * from ledger_seal where account_id = ? and local_date = ? order by ledger_id",
                    SEAL,
                    accountId,
                    date);
            if (!LedgerDigest.ofDay(day, seals).equals(day.digest())) {
                findings.add(new Finding(
                        accountId,
                        date,
                        null,
                        "day",
                        "The record of day " + date
                                + " itself was changed: its totals or the digests of its entries."));
            }
            findings.addAll(entries(accountId, date, seals));
            previous = day.digest();
        }
        String last = days.isEmpty()
                ? null
                : days.stream().map(LedgerDay::localDate).max(String::compareTo).orElseThrow();
        findings.addAll(late(accountId, last, findings));
        return new Verified(accountId, days.size(), last, days.isEmpty() ? null : previous, findings);
    }

    /** Whether a closed day of any account has this digest: one that is printed on an export stays for good. */
    public boolean known(String digest) {
        return store.queryForObject("select count(*) from ledger_day where digest = ?", Long.class, digest) > 0;
    }

    private List<Finding> entries(String accountId, String date, List<LedgerSeal> seals) {
        List<Finding> findings = new ArrayList<>();
        Map<Long, LedgerEntry> byId = new HashMap<>();
        store.query(
                        "select l.* from ledger_seal s join ledger l on l.ledger_id = s.ledger_id where s.account_id = ? and s.local_date = ?",
                        ENTRY,
                        accountId,
                        date)
                .forEach(entry -> byId.put(entry.ledgerId(), entry));
        Map<Object, Long> sealed = new HashMap<>();
        seals.forEach(seal -> sealed.put(seal.digest(), seal.ledgerId()));
        for (LedgerSeal seal : seals) {
            LedgerEntry entry = byId.get(seal.ledgerId());
            String now = entry == null ? null : LedgerDigest.ofEntry(entry);
            if (now == null) {
                findings.add(new Finding(
                        accountId,
                        date,
                        seal.ledgerId(),
                        "deleted",
                        "Entry " + seal.ledgerId() + " of " + date + " was deleted."));
            } else if (!now.equals(seal.digest())) {
                Long from = sealed.get(now);
                findings.add(
                        from == null
                                ? new Finding(
                                        accountId,
                                        date,
                                        seal.ledgerId(),
                                        "changed",
                                        "Entry " + seal.ledgerId() + " of " + date + " was changed.")
                                : new Finding(
                                        accountId,
                                        date,
                                        seal.ledgerId(),
                                        "reordered",
                                        "Entry " + seal.ledgerId() + " of " + date
                                                + " was reordered: it holds what was entry " + from + "."));
            }
        }
        return findings;
    }

    /** Entries that stand in closed days and were not there when those were closed. */
    private List<Finding> late(String accountId, String last, List<Finding> known) {
        if (last == null) {
            return List.of();
        }
        Map<Object, Long> gone = new HashMap<>();
        for (Finding finding : known) {
            if (finding.what().equals("deleted")) {
                gone.put(
                        store.queryForObject(
                                "select digest from ledger_seal where ledger_id = ?", String.class, finding.ledgerId()),
                        finding.ledgerId());
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (LedgerEntry entry : store.query(
                "select l.* from ledger l where l.account_id = ? and l.local_date <= ? and not exists (select 1 from ledger_seal s where s.ledger_id = l.ledger_id) order by l.ledger_id",
                ENTRY,
                accountId,
                last)) {
            Long from = gone.get(LedgerDigest.ofEntry(entry));
            String date = entry.localDate();
            findings.add(
                    from == null
                            ? new Finding(
                                    accountId,
                                    date,
                                    entry.ledgerId(),
                                    "inserted",
                                    "Entry " + entry.ledgerId() + " was inserted into " + date
                                            + " after that day was closed.")
                            : new Finding(
                                    accountId,
                                    date,
                                    entry.ledgerId(),
                                    "reordered",
                                    "Entry " + entry.ledgerId() + " of " + date
                                            + " was reordered: it holds what was entry " + from + "."));
        }
        return findings;
    }
}
