package aiqbridge.check;

import aiqbridge.GivenSecret;
import aiqbridge.Settings;
import aiqbridge.connection.Connections;
import aiqbridge.stop.Stop;
import aiqbridge.stop.Stops;
import aiqbridge.store.Installation;
import aiqbridge.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks at what this machine gives the bridge: its own database, the disk under it, the key file, the ports. */
final class OwnCheck {
    private static final long MIB = 1L << 20;
    private final Path home;
    private final Settings settings;
    private final Findings findings;

    OwnCheck(Path home, Settings settings, Findings findings) {
        this.home = home;
        this.settings = settings;
        this.findings = findings;
    }

    void database(Store store) {
        JdbcTemplate rows = new JdbcTemplate(store.source());
        findings.ok("opens, its tables are up to date (" + store.dialect() + ")");
        String fault = store.probe().fault();
        if (fault == null) {
            findings.ok("it can be written to");
        } else {
            findings.fail(
                    fault,
                    "Nothing is accepted until it can be written to. Is the disk full, do the file and its folder belong to the bridge's user, does another program hold a lock? Open it read-only at most: "
                            + "sqlite3 -readonly <file> \"select …\".");
        }
        if (store.dialect().equals("sqlite")) {
            String sound =
                    rows.queryForList("pragma quick_check(1)", String.class).get(0);
            if (sound.equals("ok")) {
                findings.ok("its file is intact");
            } else {
                findings.fail(
                        "its file is damaged: " + sound,
                        "Stop the bridge and restore the last backup; see config/README.md, section 5.");
            }
        } else {
            String commit = rows.queryForObject("show synchronous_commit", String.class);
            if (Set.of("on", "remote_apply", "remote_write").contains(commit)
                    && rows.queryForObject("show fsync", String.class).equals("on")) {
                findings.ok("a commit is on disk before it is confirmed");
            } else {
                findings.fail(
                        "a commit may be lost when its server crashes (synchronous_commit, fsync)",
                        "Turn both on for this database; otherwise what was promised to a till or a shop may be lost.");
            }
        }
    }

    /**
     * What is stopped on purpose.
     *
     * @param connections null where they are not known
     */
    void stops(Store store, Connections connections) {
        if (connections != null) {
            Path file = home.resolve(settings.text("stop.file"));
            for (Stop stop : new Stops(store.source(), file, connections, Clock.systemUTC()).standing()) {
                findings.warn(
                        "an emergency stop stands: " + stop.of().words() + ", since "
                                + Instant.ofEpochMilli(stop.stoppedAt()) + ", by " + stop.stoppedBy() + ": "
                                + stop.reason(),
                        stop.byFile()
                                ? "Delete the file, or the line in it, to lift it."
                                : "aiq-bridge stop lift lifts it.");
            }
        }
    }

    /** The disk under the key file, and under the database where that is a file. */
    void disk() {
        Path folder = existing(Installation.file(home, settings, System.getenv()));
        String url = settings.text("store.url");
        disk(folder);
        if (url.startsWith("jdbc:sqlite:")) {
            Path other = existing(home.resolve(url.substring("jdbc:sqlite:".length())));
            if (!other.equals(folder)) {
                disk(other);
            }
        }
    }

    private void disk(Path folder) {
        try {
            disk(folder, Files.getFileStore(folder).getUsableSpace() / MIB);
        } catch (IOException e) {
            findings.warn("the disk under " + folder + " cannot be checked", "Is the folder there and readable?");
        }
        if (!Files.isWritable(folder)) {
            findings.fail(
                    "the folder " + folder + " cannot be written to",
                    "Make it writable for the user that runs the bridge.");
        }
    }

    void disk(Path folder, long mib) {
        if (mib < 100) {
            findings.fail(
                    "only " + mib + " MiB are free under " + folder,
                    "Free some space: on a full disk nothing can be promised to a till or a shop.");
        } else if (mib < settings.number("health.disk-free-mib")) {
            findings.warn("only " + mib + " MiB are free under " + folder, "Free some space before it runs out.");
        } else {
            findings.ok(mib / 1024 + " GiB are free under " + folder);
        }
    }

    private static Path existing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (!Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    void keyFile() {
        Path file = home.resolve(settings.text("secrets.key-file"));
        if (!Files.exists(file)
                || GivenSecret.isPassed(file, System.getenv())
                || !FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            rights.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            if (rights.isEmpty()) {
                findings.ok("only its owner reads the key file");
            } else {
                findings.fail("others besides its owner can read or change the key file " + file, "chmod 600 " + file);
            }
        } catch (IOException e) {
            findings.warn(
                    "the permissions of the key file cannot be checked",
                    "Only the user that runs the bridge should read it.");
        }
    }

    void ports() {
        int management = settings.number("http.management-port");
        boolean running = answers(management);
        if (running) {
            findings.ok("a bridge is running: health answers on port " + management);
        }
        for (String key : List.of("http.port", "http.management-port")) {
            String host = settings.text(key.replace("port", "host"));
            if (!running && !free(host, settings.number(key))) {
                findings.fail(
                        "the port " + settings.number(key) + " on " + host + " is already in use",
                        "Another process listens there; choose a free one: " + key);
            } else if (!running) {
                findings.ok("the port " + settings.number(key) + " on " + host + " is free");
            }
        }
        String host = settings.text("http.host");
        if (!host.equals("127.0.0.1") && !host.equals("localhost") && !host.equals("::1")) {
            findings.warn(
                    "the API listens on " + host + ", unencrypted",
                    "Keep it on 127.0.0.1 and put a TLS proxy in front, or make sure that only the proxy reaches it.");
        }
    }

    private static boolean answers(int port) {
        try {
            HttpRequest live = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/live"))
                    .timeout(Duration.ofSeconds(3))
                    .build();
            return HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(1))
                    .build()
                    .send(live, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"status\"");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean free(String host, int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
