package aiqbridge.route;

import aiqbridge.Sha256;
import aiqbridge.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * {@code run --dev}: a route file or a statement that was saved is checked, then takes the old one's place; a broken one leaves the old one running and
 * says where it is wrong. Each change is in the audit log with the file's hash.
 */
public final class LiveRoutes implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private final Path home;
    private final CamelContext camel;
    private final Map<String, Object> beans;
    private final Set<String> components;
    private final AuditLog audit;
    private final Consumer<String> says;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<Path, String> known = new TreeMap<>();

    /**
     * @param beans      what routes name
     * @param components schemes that a route may use
     * @param says       what the engineer is told
     */
    public LiveRoutes(
            Path home,
            CamelContext camel,
            Map<String, Object> beans,
            Set<String> components,
            AuditLog audit,
            Consumer<String> says) {
        this.home = home;
        this.camel = camel;
        this.beans = beans;
        this.components = components;
        this.audit = audit;
        this.says = says;
        files().forEach(file -> known.put(file, text(file)));
    }

    /** Looks by itself from now on. */
    public void watch() {
        clock.scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** What was saved since the last look. */
    public synchronized void look() {
        List<Path> now = files();
        Set<Path> changed = new LinkedHashSet<>();
        for (Path file : now) {
            String text = text(file);
            if (!text.equals(known.get(file))) {
                boolean isNew = known.put(file, text) == null;
                if (file.toString().endsWith(".sql")) {
                    known.keySet().stream()
                            .filter(route -> route.toString().endsWith(".camel.yaml") && runs(known.get(route), file))
                            .forEach(changed::add);
                    says.accept(name(file) + " was saved");
                } else {
                    says.accept(name(file) + (isNew ? " is new" : " was saved"));
                    changed.add(file);
                }
            }
        }
        known.keySet().stream().filter(file -> !now.contains(file)).toList().forEach(gone -> {
            known.remove(gone);
            says.accept(name(gone) + " was removed; its routes keep running until the next start");
        });
        changed.forEach(this::reload);
    }

    private void reload(Path file) {
        try {
            RouteFile saved = RouteFile.of(file, known.get(file));
            saved.within(components);
            if (!file.toString().endsWith(".camel.yaml") || !saved.routesAlone()) {
                says.accept(name(file) + " is read when the bridge starts: start it again");
                return;
            }
            check(file, saved);
            audit.record(AuditLog.operator(), "route-reload", name(file), "sha256 " + Sha256.hex(known.get(file)));
            PluginHelper.getRoutesLoader(camel).updateRoutes(resource(file));
            says.accept("reloaded "
                    + String.join(
                            ", ",
                            saved.routes().stream().map(RouteFile.Route::id).toList()));
        } catch (BadRoute e) {
            says.accept("NOT reloaded, the old version keeps running. " + name(e.file())
                    + (e.line() > 0 ? ", line " + e.line() : "") + ": " + e.sentence());
        } catch (Exception e) {
            says.accept("NOT reloaded. " + name(file) + ": " + reason(e) + "; start the bridge again");
        }
    }

    /** Builds the routes in a Camel of their own, which is never started for real: what is missing shows before anything that runs is touched. */
    private void check(Path file, RouteFile saved) throws BadRoute {
        try (DefaultCamelContext trial = new DefaultCamelContext()) {
            beans.forEach(trial.getRegistry()::bind);
            Properties settings = new Properties();
            settings.putAll(camel.getPropertiesComponent().loadProperties());
            trial.getPropertiesComponent().setInitialProperties(settings);
            trial.getComponent("sql", SqlComponent.class).setDataSource((DataSource) beans.get("store"));
            trial.setAutoStartup(false);
            trial.setSourceLocationEnabled(true);
            try {
                // what a route may name: the policies
                List<Resource> all = new ArrayList<>(known.keySet().stream()
                        .filter(f -> f.equals(home.resolve("routes/policies.camel.yaml")))
                        .map(this::resource)
                        .toList());
                all.add(resource(file));
                PluginHelper.getRoutesLoader(trial).loadRoutes(all);
                trial.start();
            } catch (Exception e) {
                String reason = reason(e);
                Matcher line = LINE.matcher(whole(e));
                throw new BadRoute(
                        file, line.find() ? Integer.parseInt(line.group(1)) : lineOf(reason, file, saved), reason);
            }
        } catch (IOException e) {
            throw new BadRoute(file, 0, reason(e));
        }
    }

    /** The line that holds the longest word of the reason; where none does, the route's own. */
    private int lineOf(String reason, Path file, RouteFile saved) {
        List<String> lines = known.get(file).lines().toList();
        int best = saved.routes().get(0).line();
        int length = 3;
        for (String word : reason.split("[^A-Za-z0-9_:.{}/-]+")) {
            for (int i = 0; word.length() > length && i < lines.size(); i++) {
                if (lines.get(i).contains(word) && !lines.get(i).contains("id: ")) {
                    best = i + 1;
                    length = word.length();
                    break;
                }
            }
        }
        return best;
    }

    private boolean runs(String route, Path statement) {
        return route.contains(name(statement).replaceFirst("[.](sqlite|postgresql)[.]sql$", ".{{store.dialect}}.sql"))
                || route.contains(name(statement));
    }

    private Resource resource(Path file) {
        return ResourceHelper.fromString("file:" + file, known.get(file));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
            return files.filter(f -> f.toString().matches(".*[.](yaml|sql)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.copyOf(known.keySet());
        }
    }

    private String name(Path file) {
        return home.relativize(file).toString().replace('\\', '/');
    }

    /** What cannot be read just now is as it was. */
    private String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return known.getOrDefault(file, "");
        }
    }

    private static String whole(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString();
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName())
                .trim();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
