package aiqbridge.operator;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Discounts that a till gave without a redemption, and redemptions whose sale shows no discount, per employee (routes/redemption/README.md section 3): this is how a stolen
 * discount shows. Only where the make shows discounts; a till's discount is AIQ's when a redemption of the till named it in the ninety days before.
 */
public final class Leaks {
    private static final int SALES = 200;
    private static final long KNOWN_FOR_MS = Duration.ofDays(90).toMillis();
    private final JdbcTemplate store;

    public Leaks(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /**
     * @param withoutRedemption sales that show an AIQ discount for which no points were taken
     * @param withoutDiscount   executed redemptions whose sale does not show the discount
     * @param sales             some of them, for example {@code t-17 (no redemption)}
     */
    public record Employee(
            String connection,
            String location,
            String employee,
            int withoutRedemption,
            int withoutDiscount,
            List<String> sales) {}

    /**
     * The worst employee first.
     *
     * @param tills the connections whose sales are looked at
     * @param from  epoch milliseconds of completion; up to before {@code to}
     */
    public List<Employee> per(Collection<String> tills, long from, long to) {
        Map<String, Count> employees = new TreeMap<>();
        for (String till : tills) {
            Map<String, List<Map<String, Object>>> redemptions = new HashMap<>();
            store.query(
                    """
                select r.connection, r.location, r.transaction_id, r.discount_id, r.pos_discount_id, r.employee, r.status, r.reversal_wanted, t.employee as seller, t.discount_ids, t.discount_total
                  from pos_transaction t join redemption r on r.connection = t.connection and r.location = t.location and r.transaction_id = t.transaction_id
                 where t.connection = ? and t.completed_at >= ? and t.completed_at < ? and t.status = 'COMPLETED' and r.status <> 'RELEASED'""",
                    row -> {
                        Map<String, Object> redemption = map(
                                row,
                                "connection",
                                "location",
                                "transaction_id",
                                "discount_id",
                                "pos_discount_id",
                                "employee",
                                "status",
                                "reversal_wanted",
                                "seller",
                                "discount_ids",
                                "discount_total");
                        redemptions
                                .computeIfAbsent(sale(redemption), s -> new ArrayList<>())
                                .add(redemption);
                        if (redemption.get("status").equals("EXECUTED")
                                && redemption.get("reversal_wanted") == null
                                && missing(redemption)) {
                            count(
                                            employees,
                                            redemption,
                                            redemption.get("seller") == null
                                                    ? redemption.get("employee")
                                                    : redemption.get("seller"))
                                    .withoutDiscount(redemption);
                        }
                    },
                    till,
                    from,
                    to);
            Set<String> known = known(till, from, to);
            store.query(
                    """
                select connection, location, transaction_id, employee, discount_ids from pos_transaction
                 where connection = ? and completed_at >= ? and completed_at < ? and (discount_ids is not null or discount_total <> 0) and discount_ids is not null and status = 'COMPLETED' and total >= 0""",
                    row -> {
                        Map<String, Object> sale =
                                map(row, "connection", "location", "transaction_id", "employee", "discount_ids");
                        Set<String> given = new HashSet<>(ids(sale.get("discount_ids")));
                        given.retainAll(known);
                        redemptions
                                .getOrDefault(sale(sale), List.of())
                                .forEach(r ->
                                        given.removeAll(Arrays.asList(r.get("discount_id"), r.get("pos_discount_id"))));
                        if (!given.isEmpty()) {
                            count(employees, sale, sale.get("employee")).withoutRedemption(sale);
                        }
                    },
                    till,
                    from,
                    to);
        }
        return employees.values().stream()
                .map(Count::employee)
                .sorted(Comparator.comparing((Employee e) -> -(e.withoutRedemption + e.withoutDiscount)))
                .toList();
    }

    /** How the till names the discounts of AIQ. */
    private Set<String> known(String till, long from, long to) {
        Set<String> known = new HashSet<>();
        store.query(
                "select distinct discount_id, pos_discount_id from redemption where connection = ? and queued_at >= ? and queued_at < ?",
                row -> {
                    known.add(row.getString("discount_id"));
                    known.add(row.getString("pos_discount_id"));
                },
                till,
                from - KNOWN_FOR_MS,
                to);
        return known;
    }

    private static Map<String, Object> map(ResultSet row, String... columns) throws SQLException {
        Map<String, Object> map = new HashMap<>();
        for (String column : columns) {
            map.put(column, row.getObject(column));
        }
        return map;
    }

    private static boolean missing(Map<String, Object> redemption) {
        List<String> shown = ids(redemption.get("discount_ids"));
        if (shown.isEmpty()) {
            return redemption.get("discount_ids") != null
                    || redemption.get("discount_total") != null
                            && Points.of(redemption.get("discount_total")).compareTo(BigDecimal.ZERO) == 0;
        }
        return !shown.contains(redemption.get("discount_id")) && !shown.contains(redemption.get("pos_discount_id"));
    }

    private static List<String> ids(Object list) {
        return list == null || list.toString().isBlank()
                ? List.of()
                : List.of(list.toString().strip().split("\\s*,\\s*"));
    }

    private static String sale(Map<String, Object> row) {
        return row.get("connection") + "|" + row.get("location") + "|" + row.get("transaction_id");
    }

    private static Count count(Map<String, Count> employees, Map<String, Object> row, Object employee) {
        String name = employee == null ? "not named" : employee.toString();
        return employees.computeIfAbsent(
                row.get("connection") + "|" + row.get("location") + "|" + name,
                k -> new Count((String) row.get("connection"), (String) row.get("location"), name));
    }

    private static final class Count {
        private final String connection, location, employee;
        private final List<String> sales = new ArrayList<>();
        private int withoutRedemption, withoutDiscount;

        Count(String connection, String location, String employee) {
            this.connection = connection;
            this.location = location;
            this.employee = employee;
        }

        void withoutRedemption(Map<String, Object> sale) {
            withoutRedemption++;
            remember(sale, "discount, no redemption");
        }

        void withoutDiscount(Map<String, Object> sale) {
            withoutDiscount++;
            remember(sale, "redemption, no discount");
        }

        private void remember(Map<String, Object> sale, String what) {
            if (sales.size() < SALES) {
                sales.add(sale.get("transaction_id") + " (" + what + ")");
            }
        }

        Employee employee() {
            return new Employee(connection, location, employee, withoutRedemption, withoutDiscount, List.copyOf(sales));
        }
    }
}
