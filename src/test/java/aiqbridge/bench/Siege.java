package aiqbridge.bench;

import aiqbridge.Packaged;
import aiqbridge.http.Wire;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The packaged application, with its launcher and its heap as they are shipped, while 300 connections hold half a request and 150 clients send a megabyte again and again: a friend's answers, the poll, memory and the end. */
final class Siege {
    private static final int HELD = 300;
    private static final int FLOODING = 150;
    private static final int LARGE = 1_000_000;

    private Siege() {}

    static void measure(Path folder, int seconds) throws Exception {
        AiqSimulator simulator = AiqSimulator.start(0, 0, null);
        SimulatorControl aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        List.of("per-second", "per-minute", "per-hour").forEach(window -> aiq.set(window, "0"));
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&journal_mode=WAL";
        JdbcTemplate till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        try (Packaged app = Packaged.asShipped(
                folder.resolve("home"),
                Map.of(
                        "AIQ_BASE_URL", simulator.baseUrl(),
                        "AIQ_CALLS_PER_SECOND", "0",
                        "AIQ_CALLS_PER_MINUTE", "0",
                        "AIQ_CALLS_PER_HOUR", "0"))) {
            Benchmarks.till(app, till, tillUrl);
            Files.createDirectories(app.home.resolve("config/storefront"));
            Files.writeString(
                    app.home.resolve("config/storefront/web.properties"),
                    "kind = shopify\naccount = green-leaf\nlocation = web\nzone = UTC\n");
            String key = app.prepare("till", "green-leaf", "1001", "demo-key");
            app.secret("web", "hush");
            app.start();
            String session = wallet(app, key);
            send(
                    app,
                    key,
                    "/api/v1/redemptions",
                    "{\"walletSession\":\"" + session + "\",\"discountId\":\"five-off\",\"transactionId\":\"s-1\"}");
            friend(app, key, 50);
            long idle = used(app.pid());
            List<Wire> held = hold(app, key);
            Map<String, Integer> said = new ConcurrentHashMap<>();
            AtomicBoolean enough = new AtomicBoolean();
            ExecutorService clients = Executors.newFixedThreadPool(FLOODING);
            for (int i = 0; i < FLOODING; i++) {
                clients.submit(() -> flood(app.port, key, said, enough));
            }
            till.update("insert into sale values ('s-1', strftime('%Y-%m-%d %H:%M:%S', 'now'), 20.0)");
            long rung = System.nanoTime();
            List<Long> waits = new ArrayList<>();
            Long redeemed = null;
            for (long until = System.nanoTime() + seconds * 1_000_000_000L; System.nanoTime() < until; ) {
                waits.add(friend(app, key, 1).get(0));
                if (redeemed == null && aiq.effects("REDEEMED").size() == 1) {
                    redeemed = (System.nanoTime() - rung) / 1_000_000;
                }
            }
            enough.set(true);
            clients.shutdown();
            clients.awaitTermination(2, TimeUnit.MINUTES);
            held.forEach(Wire::close);
            Collections.sort(waits);
            Thread.sleep(60_000);
            long later = used(app.pid());
            List<Wire> again = hold(app, key);
            long asked = System.nanoTime();
            app.stop();
            long end = (System.nanoTime() - asked) / 1_000_000;
            again.forEach(Wire::close);
            System.out.printf(
                    "siege: alive, %d requests sent against it %s; a friend's %d answers p50 %d ms, p99 %d ms, longest %d ms; a sale redeemed after %s ms; heap in use %.1f MB idle, %.1f MB a minute later (%+.0f %%); ended %d ms after SIGTERM with %d held%n",
                    said.values().stream().mapToInt(n -> n).sum(),
                    new TreeMap<>(said),
                    waits.size(),
                    waits.get(waits.size() / 2),
                    waits.get(waits.size() * 99 / 100),
                    waits.get(waits.size() - 1),
                    redeemed,
                    idle / 1024.0,
                    later / 1024.0,
                    100.0 * (later - idle) / idle,
                    end,
                    HELD);
        } finally {
            simulator.close();
        }
    }

    private static String head(String path, String key, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + (key == null ? "" : "Authorization: Bearer " + key + "\r\n") + "Content-Length: " + length
                + "\r\n\r\n";
    }

    private static List<Wire> hold(Packaged app, String key) {
        List<Wire> held = new ArrayList<>();
        String some = "x".repeat(60_000);
        for (int i = 0; i < HELD; i++) {
            Wire wire = new Wire(app.port);
            held.add(wire);
            wire.says(
                    switch (i % 4) {
                        case 0 -> "POST /api/v1/wallet HTTP/1.1\r\nHost: he";
                        case 1 -> head("/api/v1/wallet", key, 65_000) + some;
                        case 2 -> head("/sign-in", null, 65_000) + some;
                        default -> head("/webhooks/shopify/web", null, LARGE) + some;
                    });
        }
        return held;
    }

    private static void flood(int port, String key, Map<String, Integer> said, AtomicBoolean enough) {
        byte[] body = "x".repeat(LARGE).getBytes(StandardCharsets.US_ASCII);
        while (!enough.get()) {
            for (String head : List.of(
                    head("/api/v1/wallet", null, LARGE),
                    head("/webhooks/shopify/web", null, LARGE),
                    head("/api/v1/wallet", key, LARGE),
                    head("/sign-in", null, LARGE))) {
                String answer = "closed";
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    socket.setSoTimeout(60_000);
                    OutputStream out = socket.getOutputStream();
                    try {
                        out.write(head.getBytes(StandardCharsets.US_ASCII));
                        out.write(body);
                    } catch (IOException refused) {
                        // there may be an answer all the same
                    }
                    byte[] first = socket.getInputStream().readNBytes(12);
                    answer = first.length < 12 ? "closed" : new String(first, 9, 3, StandardCharsets.US_ASCII);
                } catch (IOException e) {
                    // closed
                }
                said.merge(answer, 1, Integer::sum);
            }
        }
    }

    /** Milliseconds to each whole 2xx, what was refused for want of room repeated as a till repeats it. */
    private static List<Long> friend(Packaged app, String key, int times) throws InterruptedException {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long since = System.nanoTime();
            while (wallet(app, key).isEmpty()) {
                Thread.sleep(50);
            }
            waits.add((System.nanoTime() - since) / 1_000_000);
            Thread.sleep(50);
        }
        return waits;
    }

    /** The session, or nothing. */
    private static String wallet(Packaged app, String key) throws InterruptedException {
        Matcher session = Pattern.compile("\"walletSession\":\"([^\"]+)\"")
                .matcher(send(app, key, "/api/v1/wallet", "{\"phone\":\"5555550100\"}"));
        return session.find() ? session.group(1) : "";
    }

    private static String send(Packaged app, String key, String path, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + path))
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", "k")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** KB of the heap that are in use after a collection. */
    private static long used(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long used = 0;
        Matcher found = Pattern.compile("(?m)generation .*used (\\d+)K").matcher(jcmd(pid, "GC.heap_info"));
        while (found.find()) {
            used += Long.parseLong(found.group(1));
        }
        return used;
    }

    private static String jcmd(long pid, String what) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), what)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said;
    }
}
