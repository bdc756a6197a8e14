package aiqbridge.aiq;

import java.util.List;

/**
 * What AIQ's redemptions or adjustments report, or a contact's timeline, shows.
 *
 * @param listed false when the answer held no list: rows that are not there prove nothing then
 */
public record Report(List<ReportRow> rows, boolean listed) {}
