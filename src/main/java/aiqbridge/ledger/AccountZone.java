package aiqbridge.ledger;

/** In which zone an account's days end. */
public record AccountZone(String accountId, String zone) {}
