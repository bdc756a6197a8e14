package aiqbridge;

import aiqbridge.account.Account;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.api.CallerKeys;
import aiqbridge.connection.Connections;
import aiqbridge.privacy.ApiKey;
import aiqbridge.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged application in a folder of its own, as a process that can be killed. */
public final class Packaged implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of("target/aiq-bridge").toAbsolutePath();
    private static Path warm;
    private static volatile Path parsedClasses;
    public final Path home;
    public final int port = TestBridge.freePort();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Process process;

    /** @param environment settings by their environment twins */
    public Packaged(Path home, Map<String, String> environment) {
        this(home, environment, true);
    }

    /** Exactly as it is shipped. */
    public static Packaged asShipped(Path home) {
        return asShipped(home, Map.of());
    }

    /** With its launcher and its heap as they are shipped, and these settings. */
    public static Packaged asShipped(Path home, Map<String, String> environment) {
        return new Packaged(home, environment, false);
    }

    private Packaged(Path home, Map<String, String> environment, boolean failPoints) {
        this.home = home;
        this.environment.putAll(environment);
        this.environment.put("HTTP_PORT", Integer.toString(port));
        this.environment.put("HTTP_MANAGEMENT_PORT", Integer.toString(TestBridge.freePort()));
        try {
            unpack();
            if (failPoints) {
                this.environment.put(
                        "JAVA_OPTS",
                        "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="
                                + Files.createDirectories(temporary()));
                Path settings = home.resolve("config/application.properties");
                Files.writeString(
                        settings,
                        Files.readString(settings) + "\ncamel.beans.failPoint = #class:aiqbridge.crash.FailPoint\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same files, its jars linked, and one jar more: the fail points. */
    private void unpack() throws IOException {
        try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f ->
                            !f.startsWith(DISTRIBUTION.resolve("lib")) && !f.startsWith(DISTRIBUTION.resolve("data")))
                    .toList()) {
                Path to = home.resolve(DISTRIBUTION.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createSymbolicLink(home.resolve("lib"), libraries());
    }

    private static synchronized Path libraries() throws IOException {
        if (warm == null) {
            warm = Files.createTempDirectory("aiq-bridge-lib");
            try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
                for (Path jar : jars.toList()) {
                    Files.createSymbolicLink(warm.resolve(jar.getFileName()), jar);
                }
            }
            try (OutputStream out = Files.newOutputStream(warm.resolve("fail-point.jar"));
                    JarOutputStream jar = new JarOutputStream(out)) {
                jar.putNextEntry(new JarEntry("aiqbridge/crash/FailPoint.class"));
                Files.copy(Path.of("target/test-classes/aiqbridge/crash/FailPoint.class"), jar);
                jar.closeEntry();
            }
        }
        return warm;
    }

    /** Its folder for temporary files. */
    public Path temporary() {
        return home.resolve("temporary");
    }

    public Settings settings() {
        return Settings.read(home.resolve("config/application.properties"), environment);
    }

    public Store store() {
        return Store.open(settings(), home, true);
    }

    /** The JDBC URL by which a test looks into its database while it runs. */
    public String ownDatabase() {
        String url = settings().text("store.url");
        return url.startsWith("jdbc:sqlite:")
                ? "jdbc:sqlite:" + home.resolve(url.substring("jdbc:sqlite:".length())) + "?busy_timeout=10000"
                : url;
    }

    /** An account and a caller's key, as the commands make them; the key. */
    public String prepare(String connection, String account, String uid, String apiKey) {
        Settings settings = settings();
        try (Store store = store()) {
            new StoredAccounts(
                            store.source(),
                            Secrets.at(home.resolve(settings.text("secrets.key-file"))),
                            Clock.systemUTC())
                    .save(new Account(
                            account, "Green Leaf", uid, new ApiKey(apiKey), "US", ZoneId.of("America/Denver")));
            return new CallerKeys(store.source(), Connections.read(home, settings, environment), Clock.systemUTC())
                    .add(connection);
        }
    }

    /** What a storefront signs with; before it starts. */
    public void secret(String storefront, String secret) {
        try (Store store = store()) {
            new StorefrontSecrets(
                            store.source(),
                            Secrets.at(home.resolve(settings().text("secrets.key-file"))),
                            Clock.systemUTC())
                    .add(storefront, StorefrontSecrets.WEBHOOK, secret);
        }
    }

    /** It starts without the routes that a test's bridge leaves out; before it starts. */
    public void fewerRoutes() {
        try {
            Path settings = home.resolve("config/application.properties");
            Files.writeString(
                    settings,
                    Files.readString(settings)
                            + TestBridge.FEWER_ROUTES.entrySet().stream()
                                    .map(e -> e.getKey() + " = " + e.getValue() + "\n")
                                    .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps at which it can be told to stop, for {@link #arm}; before it starts. */
    public void failPoints(List<String> points) {
        environment.putAll(Map.of(
                "FAIL_POINTS",
                String.join(",", points),
                "FAIL_POINT_ARMED",
                armed().toString(),
                "FAIL_POINT_REACHED",
                reached().toString()));
    }

    /** It stops at this step when it comes there next, until it is killed. */
    public void arm(String failPoint) {
        try {
            Path written = Files.writeString(home.resolve("arming"), failPoint);
            Files.move(written, armed(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, lets it work and ends it in peace once, so that it leaves its parsed classes, with which later starts are faster; where another one did so, with the same jars and the same Java, it has those. */
    public void warmUp(Runnable work) {
        synchronized (Packaged.class) {
            try {
                Path data = Files.createDirectories(home.resolve("data"));
                if (parsedClasses == null) {
                    start();
                    work.run();
                    stop();
                    try (Stream<Path> files = Files.list(data)) {
                        Path left = files.filter(f -> f.toString().endsWith(".jsa"))
                                .findFirst()
                                .orElseThrow();
                        parsedClasses = Files.copy(
                                left,
                                Files.createTempDirectory("aiq-bridge-classes").resolve(left.getFileName()));
                    }
                }
                takeParsedClasses();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Those that another one left, if one did. */
    public void takeParsedClasses() throws IOException {
        if (parsedClasses != null) {
            Files.copy(
                    parsedClasses,
                    Files.createDirectories(home.resolve("data")).resolve(parsedClasses.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Starts it, with no fail point armed, and waits until it is ready; the milliseconds that it says it took. */
    public long start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            home.resolve("bin/aiq-bridge").toString(), "run")
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            home.resolve("err.log").toFile()));
            builder.environment().putAll(environment);
            Files.deleteIfExists(armed());
            Files.deleteIfExists(reached());
            process = builder.start();
            BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            String line;
            while ((line = out.readLine()) != null) {
                if (line.startsWith("AIQ Bridge is ready")) {
                    return Long.parseLong(line.replaceFirst("^.* after (\\d+) ms$", "$1"));
                }
            }
            throw new IllegalStateException("it ended: " + Files.readString(home.resolve("err.log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of it beside, as an operator does; what it says. */
    public String command(String... words) {
        try {
            List<String> line =
                    new ArrayList<>(List.of(home.resolve("bin/aiq-bridge").toString()));
            line.addAll(List.of(words));
            line.addAll(List.of("--home", home.toString()));
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process command = builder.start();
            String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (command.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public boolean reachedFailPoint() {
        return Files.exists(reached());
    }

    private Path armed() {
        return home.resolve("armed");
    }

    private Path reached() {
        return home.resolve("reached");
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM: it ends by itself. */
    public void stop() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not end; its threads:\n" + threads());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String threads() {
        try {
            Process jstack = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/jstack")
                                    .toString(),
                            Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            return new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
