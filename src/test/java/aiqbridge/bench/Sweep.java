package aiqbridge.bench;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.cart.CartRules;
import aiqbridge.cart.ShopRules;
import aiqbridge.redemption.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** Ten thousand carts that stood still among a hundred thousand and among a million, marked as abandoned by the routes, on both databases. */
final class Sweep {
    private static final int STALE = 10_000;
    private final Shop shop;
    private final String database;
    private final JdbcTemplate rows;

    private Sweep(Shop shop, String database) {
        this.shop = shop;
        this.database = database;
        this.rows = shop.bridge.rows;
    }

    static void measure(Path folder, int all) throws IOException {
        on(Files.createDirectory(folder.resolve("sqlite")), "SQLite", all);
        on(
                Files.createDirectory(folder.resolve("postgresql")),
                "PostgreSQL",
                all,
                "store.url",
                Databases.postgresql(),
                "store.username",
                "postgres");
    }

    private static void on(Path folder, String database, int all, String... store) {
        for (String connection : List.of("warm", "small", "large")) {
            Shop.storefront(folder, connection, "kind = generic\n");
        }
        try (Shop shop = new Shop(folder, store)) {
            Sweep sweep = new Sweep(shop, database);
            sweep.fill("warm", 4 * STALE);
            sweep.fill("small", all / 10);
            sweep.fill("large", all);
            sweep.rows.execute(database.equals("SQLite") ? "analyze" : "vacuum analyze");
            sweep.rows.execute(database.equals("SQLite") ? "pragma wal_checkpoint(truncate)" : "checkpoint");
            sweep.explain();
            sweep.seconds("warm");
            sweep.seconds("warm");
            double small = sweep.seconds("small");
            long before = heap();
            double large = sweep.seconds("large");
            long after = heap();
            double nothing = sweep.seconds("large");
            System.out.printf(
                    "sweep: %s: %,d stale among %,d carts marked at %,.0f/s, among %,d at %,.0f/s (%.2f x); with none stale %.1f ms; heap %d MB before, %d MB after%n",
                    database,
                    STALE,
                    all / 10,
                    STALE / small,
                    all,
                    STALE / large,
                    large / small,
                    nothing * 1e3,
                    before,
                    after);
        }
    }

    /** Of a shop's carts most were never anybody's, were bought, emptied, sent, or are being filled now; the stale ones lie scattered among them. */
    private void fill(String connection, int all) {
        long now = shop.clock.millis();
        String numbers = database.equals("SQLite")
                ? "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + all + ") "
                : "with n as (select generate_series(1, " + all + ") as i) ";
        String stale = "i % " + all / STALE + " = 0";
        String items =
                "[{\"sku\":\"cup\",\"name\":\"A cup to drink from\",\"brand\":\"Green Leaf\",\"category\":\"cups\",\"price\":21.25,\"quantity\":2,\"url\":\"https://shop.example/cups/cup\"}]";
        rows.execute(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, contact_version, contact_digest, consent_phone, closed_by, abandoned_at, send_status, created_at, updated_at) "
                        + numbers
                        + "select '" + connection + "', 'cart-' || i, 'green-leaf', case when " + stale
                        + " or i % 10 < 6 then 'OPEN' when i % 10 < 8 then 'ORDERED' when i % 10 = 8 then 'EMPTIED' else 'ABANDONED' end, 1, 'd' || i, "
                        + "case when " + stale + " then " + now + " - 3600000 - i else " + now
                        + " - (case when i % 10 < 5 then 7200000 else 0 end) end, 1, '" + items + "', "
                        + "case when " + stale
                        + " or i % 10 >= 5 then '+1555' || (1000000 + i % 1000000) end, 1, 'd', 'granted', case when not "
                        + stale + " and i % 10 in (6, 7) then 'o-' || i end, "
                        + "case when not " + stale + " and i % 10 = 9 then 1 end, case when not " + stale
                        + " and i % 10 = 9 then 'SENT' end, 1, 1 from n");
    }

    private ShopRules rules(String connection) {
        CartRules rules = shop.bridge.bridge().camel().getRegistry().lookupByNameAndType("cartRules", CartRules.class);
        return rules.sweeps().stream()
                .filter(r -> r.connection().equals(connection))
                .findFirst()
                .orElseThrow();
    }

    private double seconds(String connection) {
        ShopRules one = rules(connection);
        int expected = rows.queryForObject(
                "select count(*) from cart where connection = ? and status = 'OPEN' and phone is not null and changed_at <= ?",
                Integer.class,
                connection,
                one.idleBefore());
        int waiting = waiting(connection);
        long begin = System.nanoTime();
        shop.bridge.run("cart-sweep-shop", one, Map.of());
        double took = (System.nanoTime() - begin) / 1e9;
        if (waiting(connection) - waiting != expected || expected != 0 && expected != STALE) {
            throw new IllegalStateException((waiting(connection) - waiting) + " marked, " + expected + " were stale");
        }
        return took;
    }

    private int waiting(String connection) {
        return rows.queryForObject(
                "select count(*) from cart where connection = ? and send_status = 'WAITING'",
                Integer.class,
                connection);
    }

    /** The route's own statement, its names replaced by values. */
    private void explain() {
        try {
            String statement = Files.readString(Path.of("routes/cart/sweep/abandoned.sql"));
            for (Map.Entry<String, Object> value : Rows.told(rules("large")).entrySet()) {
                statement = Pattern.compile(":#" + value.getKey() + "\\b")
                        .matcher(statement)
                        .replaceAll(
                                value.getValue() instanceof Number number
                                        ? number.toString()
                                        : "'" + value.getValue() + "'");
            }
            String text = statement.replaceAll("(?m)^--.*", "");
            if (database.equals("SQLite")) {
                rows.query("explain query plan " + text, row -> {
                    System.out.println("sweep: " + row.getString("detail"));
                });
            } else {
                rows.queryForList("explain (costs off) " + text, String.class).stream()
                        .filter(line -> line.contains("Scan") || line.contains("Join") || line.contains("Nested"))
                        .forEach(line -> System.out.println("sweep: " + line.strip()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Megabytes in use once the garbage is gone. */
    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }
}
