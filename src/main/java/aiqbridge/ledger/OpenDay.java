package aiqbridge.ledger;

/** A day of an account with entries that is not closed; {@code localDate} in the account's zone. */
public record OpenDay(String accountId, String localDate) {}
