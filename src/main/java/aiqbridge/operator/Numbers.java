package aiqbridge.operator;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How much happened in the last 24 hours, hour by hour, or in the last 30 days, day by day in the retailer's zone. What was counted stays good for a minute. */
public final class Numbers {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long GOOD_FOR_MS = Duration.ofMinutes(1).toMillis();
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH),
            DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private final JdbcTemplate store;
    private final Clock clock;
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    public Numbers(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /**
     * One hour or day.
     *
     * @param points  spent, those given back not subtracted
     * @param waited  the longest time in seconds from when a redemption might be sent until AIQ took it
     * @param errors  calls about points that AIQ did not answer with a yes
     */
    public record Span(
            String label,
            long redemptions,
            BigDecimal points,
            long givenBack,
            long cartsSent,
            long cartsRecovered,
            long errors,
            long waited) {
        Span plus(Span more) {
            return new Span(
                    label,
                    redemptions + more.redemptions,
                    points.add(more.points),
                    givenBack + more.givenBack,
                    cartsSent + more.cartsSent,
                    cartsRecovered + more.cartsRecovered,
                    errors + more.errors,
                    Math.max(waited, more.waited));
        }
    }

    public List<Span> lastHours(ZoneId zone) {
        return known("hours " + zone, () -> {
            ZonedDateTime first =
                    clock.instant().atZone(zone).truncatedTo(ChronoUnit.HOURS).minusHours(23);
            return spans(first.toInstant(), 24, (hour, from) -> HOUR.format(from.atZone(zone)));
        });
    }

    public List<Span> lastDays(ZoneId zone) {
        return known("days " + zone, () -> {
            LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
            Instant first = today.minusDays(29).atStartOfDay(zone).toInstant();
            int hours = (int)
                    Duration.between(first, today.plusDays(1).atStartOfDay(zone).toInstant())
                            .toHours();
            return spans(first, hours, (hour, from) -> DAY.format(from.atZone(zone)));
        });
    }

    /** Hours with the same label are one span. */
    private List<Span> spans(Instant first, int hours, BiFunction<Integer, Instant, String> label) {
        Map<String, Span> spans = new LinkedHashMap<>();
        Span[] byHour = byHour(first.toEpochMilli(), hours);
        for (int hour = 0; hour < hours; hour++) {
            String name = label.apply(hour, first.plusMillis(hour * HOUR_MS));
            spans.put(name, spans.getOrDefault(name, nothing(name)).plus(byHour[hour]));
        }
        return new ArrayList<>(spans.values());
    }

    private Span[] byHour(long from, int hours) {
        long to = from + hours * HOUR_MS;
        Span[] spans = new Span[hours];
        java.util.Arrays.fill(spans, nothing(""));
        add(spans, """
            select (l.happened_at - ?) / 3600000 as hour, sum(case when l.kind = 'REDEEMED' then 1 else 0 end) as redemptions, sum(case when l.kind = 'REDEEMED' then l.points else 0 end) as points,
                   sum(case when l.kind = 'REVERSED' then 1 else 0 end) as given_back, 0 as sent, 0 as recovered, 0 as errors,
                   max(case when l.kind = 'REDEEMED' then l.happened_at - (select r.due_at from redemption r where r.redemption_id = l.redemption_id) end) as waited
              from ledger l where l.happened_at >= ? and l.happened_at < ? group by 1""", from, to);
        add(spans, """
            select (abandoned_at - ?) / 3600000 as hour, 0 as redemptions, 0 as points, 0 as given_back, sum(case when send_status = 'SENT' then 1 else 0 end) as sent,
                   sum(case when status = 'RECOVERED' then 1 else 0 end) as recovered, 0 as errors, 0 as waited
              from cart where abandoned_at >= ? and abandoned_at < ? group by 1""", from, to);
        add(spans, """
            select (started_at - ?) / 3600000 as hour, 0 as redemptions, 0 as points, 0 as given_back, 0 as sent, 0 as recovered, count(*) as errors, 0 as waited
              from attempt where started_at >= ? and started_at < ? and coalesce(outcome, 'UNKNOWN') not in ('EXECUTED', 'DONE') group by 1""", from, to);
        return spans;
    }

    private void add(Span[] spans, String sql, long from, long to) {
        store.query(
                sql,
                row -> {
                    int hour = row.getInt("hour");
                    spans[hour] = spans[hour].plus(new Span(
                            "",
                            row.getLong("redemptions"),
                            Points.of(row.getObject("points")),
                            row.getLong("given_back"),
                            row.getLong("sent"),
                            row.getLong("recovered"),
                            row.getLong("errors"),
                            Math.max(0, row.getLong("waited")) / 1_000));
                },
                from,
                from,
                to);
    }

    private static Span nothing(String label) {
        return new Span(label, 0, BigDecimal.ZERO, 0, 0, 0, 0, 0);
    }

    private List<Span> known(String name, java.util.function.Supplier<List<Span>> count) {
        Counted known = counted.get(name);
        if (known == null || clock.millis() - known.at >= GOOD_FOR_MS) {
            known = new Counted(clock.millis(), count.get());
            counted.put(name, known);
        }
        return known.spans;
    }

    private record Counted(long at, List<Span> spans) {}
}
