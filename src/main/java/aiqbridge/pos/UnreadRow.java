package aiqbridge.pos;

/**
 * A row of a make's statement that cannot be read.
 *
 * @param kind    {@code sale} or {@code reversal}
 * @param problem a sentence without a full stop that names the row, the column and what was expected, and repeats no value
 */
public record UnreadRow(String connection, String kind, String transactionId, String problem) {}
