package aiqbridge.ledger;

/** An entry with what it is sealed by. */
public record SealedEntry(LedgerEntry entry, String digest) {
    LedgerSeal seal() {
        return new LedgerSeal(entry.ledgerId(), entry.accountId(), entry.localDate(), digest);
    }
}
