package aiqbridge.ledger;

/** The digest of an entry of a closed day. */
public record LedgerSeal(long ledgerId, String accountId, String localDate, String digest) {}
