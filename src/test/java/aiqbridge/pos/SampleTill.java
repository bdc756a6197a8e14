package aiqbridge.pos;

import aiqbridge.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A make's tables in a real database, and the stories of a day as that make writes them. */
abstract class SampleTill {
    static final ZoneId ZONE = ZoneId.of("America/Denver");
    final String url;
    final JdbcTemplate rows;

    /** @param id any positive number; {@link #id} says how the make spells it */
    record Sale(int id, Instant at, double total, String phone, String note) {
        static Sale of(int id, Instant at) {
            return new Sale(id, at, 42.5, null, null);
        }

        Sale by(String phone) {
            return new Sale(id, at, total, phone, note);
        }

        Sale noted(String note) {
            return new Sale(id, at, total, phone, note);
        }

        Sale totalling(double total) {
            return new Sale(id, at, total, phone, note);
        }
    }

    SampleTill(String url) {
        this(url, "");
    }

    /** @param version where the make's versions differ: what the given one has besides what all have */
    SampleTill(String url, String version) {
        this.url = url;
        this.rows = new JdbcTemplate(new DriverManagerDataSource(url));
        tables(version);
        ownersStatements();
    }

    abstract String make();

    /** The sale is put on hold: a row where the make keeps one, nothing else. */
    abstract void suspends(Sale sale);

    /** The sale is completed: everything that the make writes, by the given connection. A sale on hold keeps its id. */
    abstract void completes(JdbcTemplate by, Sale sale);

    /** The whole sale is taken back as the make does it. */
    abstract void takesBack(Sale sale, Instant at);

    /** The completed sale's rows are gone. */
    abstract void deletes(Sale sale);

    /** Something negative is rung up under this id. */
    void refunds(Sale sale) {
        completes(rows, sale.totalling(-sale.total()));
    }

    /** An upgrade of the till renames what our statement reads, and back. */
    abstract void renamed(boolean away);

    /** What the till shows of our points on this sale, null when nothing; asked only of a make that is written back. */
    String points(Sale sale) {
        throw new UnsupportedOperationException(make() + " shows no points");
    }

    /** The table that a clumsy report locks. */
    abstract String busyTable();

    String id(Sale sale) {
        return Integer.toString(sale.id());
    }

    void completes(Sale sale) {
        completes(rows, sale);
    }

    /** Whether the make has a write-back; where its vendor allows none, our ledger is the record. */
    boolean writesBack() {
        return new PosMakes(Path.of("")).file(make(), engine(), "write-back").isPresent();
    }

    String engine() {
        return url.startsWith("jdbc:postgresql:") ? "postgresql" : "mariadb";
    }

    /** For the bridge's own login, which has the rights that {@code check} prints and no more. */
    String readerUrl() {
        return url.replaceFirst("[?].*$", "");
    }

    String login() {
        return "reader_" + database();
    }

    private String database() {
        return url.replaceAll("^.*/(test\\d+).*$", "$1");
    }

    Timestamp wallClock(Instant at) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(at, ZONE));
    }

    /** Ours, or those that the upstream project makes (src/test/upstream/UpstreamContract.java), whose own runners go on after a statement that is refused too. */
    private void tables(String version) {
        String upstream = System.getProperty("upstream.tables");
        if (upstream == null) {
            script("src/test/resources/pos/" + make() + "." + engine() + ".sql");
            if (!version.isEmpty()) {
                script("src/test/resources/pos/" + make() + "-" + version + "." + engine() + ".sql");
            }
            return;
        }
        SingleConnectionDataSource one = new SingleConnectionDataSource(url, true);
        try {
            JdbcTemplate fast = new JdbcTemplate(one);
            for (String statement : Files.readString(Path.of(upstream)).split(";\n")) {
                try {
                    fast.execute(statement);
                } catch (DataAccessException e) {
                    System.out.println("upstream: "
                            + e.getMostSpecificCause()
                                    .getMessage()
                                    .replaceAll("[(]conn=\\d+[)] |`?test\\d+`?[.]", "")
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                            + " <- " + statement.strip().lines().findFirst().orElse(""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            one.destroy();
        }
    }

    private void ownersStatements() {
        script("routes/pos/" + make() + "/owner." + engine() + ".sql");
        if (engine().equals("mariadb")) {
            rows.execute("alter user '" + login() + "'@'%' identified by ''");
        }
    }

    private void script(String file) {
        Databases.script(rows, Path.of(file), login(), database());
    }
}
