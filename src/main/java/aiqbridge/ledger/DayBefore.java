package aiqbridge.ledger;

/** The closed day on which the next one hangs. */
public record DayBefore(int dayNumber, String digest) {}
