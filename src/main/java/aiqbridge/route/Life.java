package aiqbridge.route;

import java.util.List;

/** A table whose rows live through states, and the column that holds them, empty for a row that has not begun. */
record Life(String table, String column, List<String> states) {
    static final List<Life> ALL = List.of(
            new Life(
                    "redemption",
                    "status",
                    List.of(
                            "QUEUED",
                            "SELECTED",
                            "DUE",
                            "EXECUTING",
                            "EXECUTED",
                            "REJECTED",
                            "UNKNOWN",
                            "PARKED",
                            "RELEASED")),
            new Life("reversal", "status", List.of("WANTED", "EXECUTING", "DONE", "REJECTED", "UNKNOWN", "PARKED")),
            new Life("cart", "send_status", List.of("WAITING", "SENDING", "SENT", "UNCLEAR", "SUPPRESSED")));
}
