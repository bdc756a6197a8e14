package aiqbridge.pos;

import java.util.List;

/**
 * What one page of a make's statement came to.
 *
 * @param rows       those that can be read
 * @param read       how many there were
 * @param unread     those that were left out because they cannot be read: one bad row must not hold up the others
 * @param lastTime   of the last row, by which the statement is ordered, as the till's database gave it; null when no row has one
 * @param lastId     of the last row; null with its time
 * @param arrival    the highest that a row has; null when the make gives none
 */
public record PollPage<T extends Record>(
        List<T> rows, int read, List<UnreadRow> unread, Object lastTime, String lastId, Long arrival) {}
