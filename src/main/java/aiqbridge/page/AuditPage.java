package aiqbridge.page;

import aiqbridge.audit.AuditList;
import aiqbridge.ledger.Csv;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who did what and when, and who was refused. */
public final class AuditPage {
    private static final int LINES = 50, SHEET = 1_000, LONGEST_SHEET = 10_000;
    private static final List<String> FILTERS = List.of("who", "what", "subject", "since", "until");
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT);
    private final JdbcTemplate store;
    private final AuditList list;

    public AuditPage(DataSource store) {
        this.store = new JdbcTemplate(store);
        this.list = new AuditList(store);
    }

    public Page list(PageRequest request) {
        Map<String, String> chosen = new LinkedHashMap<>();
        FILTERS.forEach(f -> chosen.put(f, request.parameter(f)));
        String after = request.parameter("after");
        if (!after.isEmpty() && !AuditList.goesOnAt(after)) {
            throw PageProblem.notFound();
        }
        ZoneId zone = zone();
        Map<String, Object> model =
                new HashMap<>(Map.of("chosen", chosen, "actions", list.actions(), "query", query(chosen), "wrong", ""));
        List<AuditList.Line> found = List.of();
        try {
            found = list.page(filter(chosen, zone), after, LINES + 1);
        } catch (DateTimeException e) {
            model.put("wrong", "That is not a date. Write it like 2026-11-24.");
        }
        List<AuditList.Line> shown = found.size() > LINES ? found.subList(0, LINES) : found;
        model.put("lines", shown.stream().map(l -> line(l, zone)).toList());
        model.put("next", found.size() > LINES ? found.get(LINES - 1).cursor() : "");
        return model.get("wrong").equals("") ? Page.of("audit", model) : Page.wrong("audit", model);
    }

    /** The same for a spreadsheet; where it is longer than a sheet may be, its last line says so. */
    public String sheet(PageRequest request) {
        Map<String, String> chosen = FILTERS.stream().collect(Collectors.toMap(f -> f, request::parameter));
        ZoneId zone = zone();
        AuditList.Filter filter;
        try {
            filter = filter(chosen, zone);
        } catch (DateTimeException e) {
            throw new PageProblem(422, "That is not a date. Write it like 2026-11-24.");
        }
        StringBuilder sheet = new StringBuilder();
        Csv csv = new Csv(sheet, "time", "who", "what", "subject", "note");
        String after = null;
        int written = 0;
        List<AuditList.Line> lines;
        do {
            lines = list.page(filter, after, SHEET);
            for (AuditList.Line line : lines) {
                csv.line(Arrays.asList(
                        Instant.ofEpochMilli(line.happenedAt()),
                        line.actor(),
                        line.action(),
                        line.subject(),
                        line.note()));
                after = line.cursor();
            }
            written += lines.size();
        } while (lines.size() == SHEET && written < LONGEST_SHEET);
        if (written >= LONGEST_SHEET) {
            csv.line(
                    List.of("Only the newest " + written + " are here: choose a shorter period, or aiq-bridge audit."));
        }
        return sheet.toString();
    }

    private static AuditList.Filter filter(Map<String, String> chosen, ZoneId zone) {
        return new AuditList.Filter(
                chosen.get("who"),
                chosen.get("what"),
                chosen.get("subject"),
                start(chosen.get("since"), 0, zone),
                start(chosen.get("until"), 1, zone));
    }

    private static Long start(String day, int later, ZoneId zone) {
        return day.isEmpty()
                ? null
                : LocalDate.parse(day)
                        .plusDays(later)
                        .atStartOfDay(zone)
                        .toInstant()
                        .toEpochMilli();
    }

    private static Line line(AuditList.Line line, ZoneId zone) {
        return new Line(
                FORM.format(Instant.ofEpochMilli(line.happenedAt()).atZone(zone)),
                line.actor(),
                line.action(),
                line.subject(),
                line.note() == null ? "" : line.note());
    }

    /** The retailer's: of the first account. */
    private ZoneId zone() {
        return store.queryForList("select zone from account order by account_id limit 1", String.class).stream()
                .map(ZoneId::of)
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    private static String query(Map<String, String> chosen) {
        return chosen.entrySet().stream()
                .filter(f -> !f.getValue().isEmpty())
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
    }

    /** @param at in the retailer's zone */
    public record Line(String at, String who, String what, String subject, String note) {}
}
