package aiqbridge.reconcile;

import aiqbridge.Progress;
import aiqbridge.aiq.ReportRow;
import aiqbridge.wallet.Points;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The ledger of some days, what AIQ shows and what the tills show, laid side by side. Each row of AIQ's stands for at most one of ours. */
final class Books {
    private static final List<String> TAKEN =
            List.of("EXECUTED", "EXECUTING", "UNKNOWN", "PARKED", "SELECTED", "DUE", "QUEUED", "REJECTED", "RELEASED");
    private final Map<String, Object> days;
    private final List<Map<String, Object>> entries;
    private final Progress progress;
    private final Map<String, Map<String, Object>> ours = new LinkedHashMap<>();
    private final Set<String> refundTypes;
    private final long lagMs;
    private final long now;
    private final Map<String, ReportRow> aiqOf = new HashMap<>();
    private final List<ReportRow> strangers = new ArrayList<>();
    private final Set<String> refunded = new HashSet<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private BigDecimal aiqPoints = BigDecimal.ZERO;
    private BigDecimal tillPoints;
    private String problem;

    /** @param lagMs how long AIQ's reports may lag */
    Books(
            Map<String, Object> days,
            List<Map<String, Object>> entries,
            List<Map<String, Object>> redemptions,
            Set<String> refundTypes,
            long lagMs,
            long now) {
        this.days = days;
        this.entries = entries;
        this.progress = (Progress) days.getOrDefault("progress", Progress.UNHEARD);
        this.refundTypes = refundTypes;
        this.lagMs = lagMs;
        this.now = now;
        entries.forEach(entry -> ours.put((String) entry.get("redemption_id"), entry));
        redemptions.forEach(redemption -> ours.put((String) redemption.get("redemption_id"), redemption));
    }

    Map<String, Object> days() {
        return days;
    }

    List<Map<String, Object>> entries() {
        return entries;
    }

    Progress progress() {
        return progress;
    }

    /** It could not be done, and why. */
    void failed(String why) {
        problem = why;
    }

    boolean failed() {
        return problem != null;
    }

    void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    /** AIQ's redemptions: by AIQ's own id, then by contact, discount and sale, then by contact and discount alone. */
    void redemptions(List<ReportRow> report) {
        List<ReportRow> open = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ReportRow row : report) {
            if (refundTypes.contains(String.valueOf(row.type())) || row.id() != null && !ids.add(row.id())) {
                refunds(List.of(row));
            } else {
                open.add(row);
            }
        }
        for (int how = 0; how < 3; how++) {
            for (ReportRow row : List.copyOf(open)) {
                String fit = fit(row, how);
                if (fit != null) {
                    aiqOf.put(fit, row);
                    open.remove(row);
                }
            }
        }
        open.stream()
                .filter(row -> row.at() == null || row.at() >= number(days, "from") && row.at() < number(days, "to"))
                .forEach(strangers::add);
    }

    private String fit(ReportRow row, int how) {
        return TAKEN.stream()
                .flatMap(status -> ours.entrySet().stream()
                        .filter(one -> status.equals(one.getValue().get("status"))))
                .filter(one -> !aiqOf.containsKey(one.getKey()) && fits(row, one.getValue(), how))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static boolean fits(ReportRow row, Map<String, Object> our, int how) {
        if (how == 0) {
            return row.id() != null && row.id().equals(our.get("aiq_redemption_id"));
        }
        boolean same = row.contactId() != null
                && row.contactId().equals(our.get("contact_id"))
                && Objects.equals(row.discountId(), our.get("discount_id"))
                && (our.get("aiq_redemption_id") == null || row.id() == null);
        boolean sale = row.transactionId() != null && row.transactionId().equals(our.get("transaction_id"));
        return same && (how == 1 ? sale : row.transactionId() == null || our.get("transaction_id") == null);
    }

    /** Rows by which AIQ shows points given back: our reference on an adjustment, or the same redemption's id. */
    void refunds(List<ReportRow> rows) {
        for (ReportRow row : rows) {
            for (Map<String, Object> entry : entries) {
                boolean reversal = "REVERSED".equals(entry.get("kind"));
                boolean adjusted = row.note() != null
                        && row.note().equals(entry.get("reference"))
                        && row.points() != null
                        && row.points().abs().compareTo(points(entry).abs()) == 0;
                if (reversal && (adjusted || row.id() != null && row.id().equals(entry.get("aiq_redemption_id")))) {
                    refunded.add((String) entry.get("redemption_id"));
                }
            }
        }
    }

    /** Reversals that neither report shows and whose contact AIQ knows: their timelines are asked. */
    List<Map<String, Object>> unseenReversals() {
        return entries.stream()
                .filter(entry -> "REVERSED".equals(entry.get("kind"))
                        && !refunded.contains(entry.get("redemption_id"))
                        && entry.get("contact_id") != null)
                .toList();
    }

    /** What the till shows on the sale of this entry, whatever rewards it has; null for nothing. Once for each of the till's transactions. */
    void till(Map<String, Object> entry, BigDecimal shown) {
        BigDecimal wanted = Points.of(entry.get("write_back_points"));
        BigDecimal is = shown == null ? BigDecimal.ZERO : shown;
        tillPoints = (tillPoints == null ? BigDecimal.ZERO : tillPoints).add(is);
        if (is.compareTo(wanted) != 0) {
            boolean waits = number(entry, "write_backs_open") > 0;
            String sale = "The till " + entry.get("till") + " shows " + is.toPlainString() + " points on "
                    + entry.get("till_transaction") + " and should show " + wanted.toPlainString();
            differences.add(
                    new Difference(
                            waits ? "write-back-waits" : "till-changed",
                            (String) entry.get("redemption_id"),
                            (String) entry.get("till"),
                            (String) entry.get("till_transaction"),
                            points(entry),
                            null,
                            is,
                            sale
                                    + (waits
                                            ? ": they are not written yet"
                                                    + (entry.get("write_back_error") == null
                                                            ? "."
                                                            : ". " + entry.get("write_back_error"))
                                            : ": they were written, so the transaction was changed or deleted by hand since.")));
        }
    }

    /** Everything that does not balance, once AIQ and the tills were heard. */
    private void judge() {
        for (Map<String, Object> entry : entries) {
            ReportRow row = aiqOf.get(entry.get("redemption_id"));
            if ("REVERSED".equals(entry.get("kind"))) {
                reversal(entry);
            } else if (row == null) {
                boolean fresh = now - number(entry, "happened_at") < lagMs;
                add(
                        fresh ? "report-lag" : "not-in-aiq",
                        entry,
                        points(entry),
                        null,
                        fresh
                                ? "AIQ's report does not show it yet; it may lag behind."
                                : "AIQ's report does not show it: look at the customer's timeline in AIQ. Was it settled by a person, or removed in AIQ?");
            } else {
                BigDecimal taken =
                        row.points() == null ? points(entry) : row.points().abs();
                aiqPoints = aiqPoints.add(taken);
                if (taken.compareTo(points(entry)) != 0) {
                    add(
                            "points-differ",
                            entry,
                            points(entry),
                            taken,
                            "AIQ took " + Points.of(taken).toPlainString() + " points and the ledger has "
                                    + points(entry).toPlainString() + ": the discount's price was changed in between.");
                }
                if (entry.get("sale_status") != null
                        && !"COMPLETED".equals(entry.get("sale_status"))
                        && entries.stream()
                                .noneMatch(e ->
                                        e != entry && e.get("redemption_id").equals(entry.get("redemption_id")))
                        && entry.get("reference") == null) {
                    add(
                            "sale-taken-back",
                            entry,
                            points(entry),
                            taken,
                            "The till reversed the sale and the points were not given back: the brake is engaged, only a part was returned, or a person must decide.");
                }
            }
        }
        Set<Object> booked = new HashSet<>();
        entries.forEach(entry -> booked.add(entry.get("redemption_id")));
        ours.values().stream()
                .filter(our -> !booked.contains(our.get("redemption_id")))
                .forEach(this::unbooked);
        for (ReportRow row : strangers) {
            BigDecimal taken =
                    row.points() == null ? BigDecimal.ZERO : row.points().abs();
            aiqPoints = aiqPoints.add(taken);
            differences.add(
                    new Difference(
                            "not-ours",
                            null,
                            null,
                            row.transactionId(),
                            null,
                            taken,
                            null,
                            "AIQ has the redemption " + row.id()
                                    + (row.transactionId() == null ? "" : " on " + row.transactionId())
                                    + ", which was not made through the bridge: AIQ's own app or page, or a till that is integrated with AIQ."));
        }
    }

    private void reversal(Map<String, Object> entry) {
        if (refunded.contains(entry.get("redemption_id"))) {
            aiqPoints = aiqPoints.add(points(entry));
        } else {
            boolean fresh = now - number(entry, "happened_at") < lagMs;
            add(
                    fresh ? "report-lag" : "reversal-not-in-aiq",
                    entry,
                    points(entry),
                    null,
                    fresh
                            ? "AIQ's records do not show these points as given back yet; they may lag behind."
                            : "AIQ's records do not show these points as given back: look at the customer's balance in AIQ.");
        }
    }

    /** Ours without an entry of these days. */
    private void unbooked(Map<String, Object> our) {
        ReportRow row = aiqOf.get(our.get("redemption_id"));
        boolean here =
                row != null && row.at() != null && row.at() >= number(days, "from") && row.at() < number(days, "to");
        BigDecimal taken =
                !here ? null : row.points() == null ? points(our) : row.points().abs();
        String status = (String) our.get("status");
        if (status.equals("EXECUTED") || "pos-native".equals(our.get("redeems"))) {
            return;
        }
        if (here) {
            aiqPoints = aiqPoints.add(taken);
            switch (status) {
                case "UNKNOWN", "EXECUTING" ->
                    add(
                            "unknown-open",
                            our,
                            null,
                            taken,
                            "AIQ took the points; here it is " + status + " and is settled soon.");
                case "PARKED" ->
                    add(
                            "parked-open",
                            our,
                            null,
                            taken,
                            "AIQ took the points; here it is PARKED until a person marks it as done.");
                default ->
                    add(
                            "taken-but-" + status.toLowerCase(java.util.Locale.ROOT),
                            our,
                            null,
                            taken,
                            "AIQ took the points although it is " + status
                                    + " here: give them back in AIQ, or settle it with the customer.");
            }
        } else if (number(our, "updated_at") >= number(days, "from")
                && number(our, "updated_at") < number(days, "to")) {
            switch (status) {
                case "UNKNOWN" ->
                    add(
                            "unknown-open",
                            our,
                            null,
                            null,
                            "It was sent without a clear answer and AIQ's report does not show it so far.");
                case "PARKED" -> add("parked-open", our, null, null, "It is parked: " + our.get("reason") + ".");
                case "REJECTED" -> {
                    if (!"IMMEDIATE".equals(our.get("model"))) {
                        add(
                                "discount-given",
                                our,
                                null,
                                null,
                                "The customer has the discount and AIQ did not take the points: " + our.get("reason")
                                        + ".");
                    }
                }
                default -> {}
            }
        }
    }

    private void add(String cause, Map<String, Object> our, BigDecimal ledger, BigDecimal aiq, String sentence) {
        differences.add(new Difference(
                cause,
                (String) our.get("redemption_id"),
                (String) our.get("connection"),
                (String) (our.get("transaction_id") == null ? our.get("order_id") : our.get("transaction_id")),
                ledger,
                aiq,
                null,
                sentence));
    }

    /** The run's row, with {@code rows}: one for each difference. */
    Map<String, Object> result(String runId) {
        if (!failed()) {
            judge();
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Difference d : failed() ? List.<Difference>of() : differences) {
            Map<String, Object> row = new HashMap<>();
            row.put("run_id", runId);
            row.put("number", rows.size() + 1);
            row.put("cause", d.cause());
            row.put("redemption_id", d.redemptionId());
            row.put("connection", d.connection());
            row.put("transaction_id", d.transactionId());
            row.put("ledger_points", d.ledgerPoints());
            row.put("aiq_points", d.aiqPoints());
            row.put("till_points", d.tillPoints());
            row.put("sentence", d.sentence());
            rows.add(row);
        }
        Map<String, Object> run = new HashMap<>(days);
        run.put("run_id", runId);
        run.put("status", failed() ? "FAILED" : rows.isEmpty() ? "BALANCED" : "DIFFERENT");
        run.put("ledger_points", entries.stream().map(Books::points).reduce(BigDecimal.ZERO, BigDecimal::add));
        run.put("aiq_points", failed() ? null : aiqPoints);
        run.put("till_points", tillPoints);
        run.put("entries", entries.size());
        run.put("differences", rows.size());
        run.put("problem", problem);
        run.put("notes", notes.isEmpty() ? null : String.join("\n", notes));
        run.put("ran_at", now);
        run.put("rows", rows);
        return run;
    }

    private static BigDecimal points(Map<String, Object> row) {
        return Points.of(row.get("points"));
    }

    private static long number(Map<String, Object> row, String name) {
        return ((Number) row.get(name)).longValue();
    }
}
