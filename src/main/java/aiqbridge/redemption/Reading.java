package aiqbridge.redemption;

import aiqbridge.aiq.ReportRow;
import java.util.List;

/**
 * One of AIQ's lists as it was read: the redemptions or adjustments report, or a contact's timeline.
 *
 * @param rows        all that it lists
 * @param redemptions those that could be a redemption of ours: not what AIQ confirmed before
 * @param listed      false when the answer held no list
 * @param qualified   whether it shows any of the redemptions that AIQ confirmed, and is not cut
 * @param complete    whether it shows the redemptions of ours that it has to show: only then does it prove anything that it does not show others
 * @param at          when AIQ made the answer, by its own clock; null where it does not say
 * @param begun       epoch milliseconds when it was asked for
 */
public record Reading(
        List<ReportRow> rows,
        List<ReportRow> redemptions,
        boolean listed,
        boolean qualified,
        boolean complete,
        long begun,
        Long at) {}
