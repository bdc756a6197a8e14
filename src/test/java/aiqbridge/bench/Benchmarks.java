package aiqbridge.bench;

import aiqbridge.Databases;
import aiqbridge.Packaged;
import aiqbridge.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The figures of config/README.md section 9. After {@code mvn -q package -DskipTests}: {@code mvn -q exec:exec -Dexec.executable=java -Dexec.classpathScope=test -Dexec.args="-cp %classpath aiqbridge.bench.Benchmarks start latency backlog poll webhooks siege"}.
 * {@code -Dbench.backlog=…} is the number of redemptions in the backlog, {@code -Dbench.seconds=…} how long each load of webhooks lasts,
 * {@code -Dbench.carts=…} of carts among which the stale ones are swept.
 */
public final class Benchmarks {
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        List<String> wanted =
                args.length == 0 ? List.of("start", "latency", "backlog", "poll", "webhooks", "sweep") : List.of(args);
        Path folder = Files.createTempDirectory("aiq-bridge-bench");
        if (wanted.contains("start")) {
            start(Files.createDirectory(folder.resolve("start")));
        }
        if (wanted.contains("latency")) {
            latency(Files.createDirectory(folder.resolve("latency")));
        }
        if (wanted.contains("backlog")) {
            Backlog.compare(
                    Files.createDirectory(folder.resolve("backlog")), Integer.getInteger("bench.backlog", 100_000));
        }
        if (wanted.contains("poll")) {
            poll(Files.createDirectory(folder.resolve("poll")));
        }
        if (wanted.contains("webhooks")) {
            Webhooks.compare(
                    Files.createDirectory(folder.resolve("webhooks")), Integer.getInteger("bench.seconds", 10));
        }
        if (wanted.contains("siege")) {
            Siege.measure(Files.createDirectory(folder.resolve("siege")), Integer.getInteger("bench.seconds", 60));
        }
        if (wanted.contains("sweep")) {
            Sweep.measure(Files.createDirectory(folder.resolve("sweep")), Integer.getInteger("bench.carts", 1_000_000));
        }
        System.exit(0);
    }

    /** The packaged application with one till that it polls every five seconds. */
    private static Packaged packaged(Path folder, JdbcTemplate till, String tillUrl, Map<String, String> settings)
            throws IOException {
        Packaged app = new Packaged(folder.resolve("home"), settings);
        till(app, till, tillUrl);
        return app;
    }

    /** A till's database with the owner's views, and the file that joins it. */
    static void till(Packaged app, JdbcTemplate till, String tillUrl) throws IOException {
        till.execute("create table sale (id text primary key, at text, total real)");
        till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, null as phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale");
        till.execute(
                "create view aiq_reversals as select id as transaction_id, id as original_transaction_id, 'void' as kind, at as reversed_at, null as amount, null as location from sale where 1 = 0");
        Files.createDirectories(app.home.resolve("config/pos"));
        Files.writeString(
                app.home.resolve("config/pos/till.properties"),
                "make = view\naccount = green-leaf\nlocation = main\nzone = " + Shop.ZONE
                        + "\nmode = live\npin = not-required\njdbc.url = " + tillUrl + "\njdbc.username = reader\n");
    }

    private static void start(Path folder) throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&journal_mode=WAL";
        try (Packaged app = packaged(folder, new JdbcTemplate(new DriverManagerDataSource(url)), url, Map.of())) {
            app.prepare("till", "green-leaf", "1001", "key");
            long first = app.start();
            app.stop();
            long[] ready = new long[5];
            for (int i = 0; i < ready.length; i++) {
                ready[i] = app.start();
                if (i < ready.length - 1) {
                    app.stop();
                }
            }
            Arrays.sort(ready);
            System.out.printf(
                    "start: ready after %.1f s (median of 5; the very first time %.1f s)%n",
                    ready[2] / 1000.0, first / 1000.0);
            pause(300); // what runs once a second is compiled only then
            long ticks = cpuTicks(app.pid());
            pause(60);
            double cpu =
                    (cpuTicks(app.pid()) - ticks) / 60.0; // a tick is 10 ms: ticks per second are per cent of one core
            long rss = Files.readAllLines(Path.of("/proc/" + app.pid() + "/status")).stream()
                            .filter(l -> l.startsWith("VmRSS"))
                            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
            System.out.printf("idle: %d MB resident, %.2f %% of one core over a minute, after five%n", rss, cpu);
        }
    }

    private static long cpuTicks(long pid) throws IOException {
        String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat"))
                .replaceFirst("^.*\\) ", "")
                .split(" ");
        return Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
    }

    private static void pause(int seconds) throws InterruptedException {
        Thread.sleep(seconds * 1_000L);
    }

    /** From the till's commit to the PUT that AIQ receives, with the clocks as they are shipped. */
    private static void latency(Path folder) throws Exception {
        try (Shop shop =
                new Shop(folder, "clock.auto-startup", "true", "wallet.codes-per-connection-and-hour", "1000")) {
            shop.aiq.discount("1001", "cup", "1", true);
            shop.moveTo("other-till");
            String session = shop.post(shop.key, "/api/v1/wallet", Map.of("phone", "5555550100"))
                    .text("walletSession");
            List<Long> took = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                shop.queued(session, "cup", "t-" + i);
                Thread.sleep(137L * i % 1_900);
                long committed = System.currentTimeMillis();
                shop.rings("t-" + i, "5555550100", 10);
                while (shop.aiq.requests("redeem").size() <= i) {
                    Thread.sleep(5);
                }
                took.add(shop.aiq.requests("redeem").get(i).path("time").asLong() - committed);
            }
            took.sort(null);
            System.out.printf(
                    "latency: POS commit to PUT %.1f s at most, %.1f s median of 20 (poll interval 5 s)%n",
                    took.get(19) / 1000.0, took.get(10) / 1000.0);
        }
    }

    /** One poll of a till with ten thousand old sales, and with a million, turn by turn: of a view on PostgreSQL, and of OSPOS on MariaDB. */
    private static void poll(Path folder) throws IOException {
        String viewFew = till(FEW), viewMany = till(MANY), osposFew = ospos(FEW), osposMany = ospos(MANY);
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put(
                "view-few",
                "make = view\njdbc.url = " + viewFew.replaceFirst("[?].*$", "") + "\njdbc.username = postgres\n");
        urls.put(
                "view-many",
                "make = view\njdbc.url = " + viewMany.replaceFirst("[?].*$", "") + "\njdbc.username = postgres\n");
        urls.put(
                "ospos-few",
                "make = ospos\njdbc.url = " + osposFew.replaceFirst("[?].*$", "") + "\njdbc.username = owner\n");
        urls.put(
                "ospos-many",
                "make = ospos\njdbc.url = " + osposMany.replaceFirst("[?].*$", "") + "\njdbc.username = owner\n");
        urls.forEach((name, lines) -> Shop.connection(folder, name, lines));
        double most = 0;
        try (Shop shop = new Shop(folder)) {
            for (String make : List.of("view", "ospos")) {
                double[][] ms = new double[2][301];
                for (int round = -100; round < 301; round++) {
                    for (int i = 0; i < 2; i++) {
                        long begin = System.nanoTime();
                        shop.bridge.run("pos-poll-" + make + (i == 0 ? "-few" : "-many"));
                        ms[i][Math.max(0, round)] = (System.nanoTime() - begin) / 1e6;
                    }
                }
                Arrays.stream(ms).forEach(Arrays::sort);
                double times = ms[1][150] / ms[0][150];
                most = Math.max(most, times);
                System.out.printf(
                        "poll: %s: %.2f ms with %,d old sales, %.2f ms with %,d (medians of 301): %.2f x%n",
                        make, ms[0][150], FEW, ms[1][150], MANY, times);
            }
            System.out.println(
                    "poll: heard "
                            + shop.bridge.rows.queryForList(
                                    "select connection, count(*) as sales from pos_transaction group by connection order by connection"));
        }
        List<String> plan = new JdbcTemplate(new DriverManagerDataSource(viewMany))
                .queryForList(
                        "explain select transaction_id, completed_at, total from aiq_sales where completed_at >= '"
                                + wallClock(Instant.now().minus(Duration.ofMinutes(10)))
                                + "' and (completed_at > '2020-01-01' or transaction_id > '') order by completed_at, transaction_id",
                        String.class);
        plan.stream()
                .filter(line -> line.contains("Index") || line.contains("Seq Scan"))
                .forEach(line -> System.out.println("poll: " + line.trim()));
        if (most > 1.3) {
            throw new IllegalStateException("A poll among a million old sales costs more than 1.3 times as much.");
        }
    }

    private static String wallClock(Instant at) {
        return LocalDateTime.ofInstant(at, Shop.ZONE).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    /** A till of the owner's own making with so many old sales and twenty of the last minutes. */
    private static String till(int sales) throws IOException {
        String url = Databases.postgresql();
        JdbcTemplate rows = new JdbcTemplate(new SingleConnectionDataSource(url, true));
        for (String file :
                List.of("src/test/resources/pos/view.postgresql.sql", "routes/pos/view/owner.postgresql.sql")) {
            String text =
                    Files.readString(Path.of(file)).replaceAll("(?m)^--.*", "").replace("{login}", "reader_" + sales);
            Arrays.stream(text.split(";\\s*\n")).filter(s -> !s.isBlank()).forEach(rows::execute);
        }
        rows.execute(
                "insert into sale (id, completed_at, total, state) select 't-' || i, cast('" + wallClock(Instant.now())
                        + "' as timestamp) - i * interval '2 minutes' - interval '1 hour', 20, 'completed' from generate_series(1, "
                        + sales + ") i");
        rows.execute(
                "insert into sale (id, completed_at, total, state) select 'n-' || i, cast('" + wallClock(Instant.now())
                        + "' as timestamp) - i * interval '2 seconds', 20, 'completed' from generate_series(1, 20) i");
        rows.execute("vacuum analyze sale");
        rows.execute("checkpoint");
        return url;
    }

    /** OSPOS with so many old sales of one article each, and twenty of the last minutes. */
    private static String ospos(int sales) {
        String url = Databases.mariadb();
        JdbcTemplate rows =
                new JdbcTemplate(new SingleConnectionDataSource(url + "&sessionVariables=time_zone='+00:00'", true));
        Databases.script(rows, Path.of("src/test/resources/pos/ospos.mariadb.sql"), "", "");
        rows.update("insert into ospos_migrations (version) values (20220127000000)");
        rows.update(
                "insert into ospos_people (person_id, first_name, last_name, phone_number, email, address_1, address_2, city, state, zip, country, comments) values (1, 'John', 'Doe', '', '', '', '', '', '', '', '', '')");
        rows.update("insert into ospos_employees (person_id, username, password) values (1, 'admin', '')");
        rows.update("insert into ospos_stock_locations (location_id, location_name) values (1, 'stock')");
        rows.update("insert into ospos_items (item_id, name, category, unit_price) values (1, 'Tea', 'Tea', 20)");
        // oldest first, as a till has them
        rows.update(
                "insert into ospos_sales (sale_id, sale_time, employee_id) select seq, date_sub(cast(? as datetime), interval if(seq > ?, (? + 20 - seq) * 2, 3600 + (? - seq) * 120) second), 1 from seq_1_to_"
                        + (sales + 20),
                wallClock(Instant.now()),
                sales,
                sales,
                sales);
        rows.update(
                "insert into ospos_sales_items (sale_id, item_id, line, quantity_purchased, item_cost_price, item_unit_price, item_location) select sale_id, 1, 1, 1, 10, 20, 1 from ospos_sales");
        rows.update(
                "insert into ospos_sales_payments (sale_id, payment_type, payment_amount, employee_id, payment_time) select sale_id, 'Cash', 20, 1, date_sub(utc_timestamp(), interval if(sale_id > ?, (? + 20 - sale_id) * 2, 3600 + (? - sale_id) * 120) second) from ospos_sales",
                sales,
                sales,
                sales);
        rows.execute("analyze table ospos_sales, ospos_sales_items, ospos_sales_payments");
        return url;
    }
}
