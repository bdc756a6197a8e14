package aiqbridge.route;

import aiqbridge.Sha256;
import aiqbridge.audit.AuditLog;
import aiqbridge.route.Definition.To;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.support.PluginHelper;

/**
 * {@code run --dev}: what was saved in routes/ is checked together with all that runs, then takes the old one's place; what is broken leaves the old
 * one running and says where it is wrong. Each change is in the audit log with the file's hash. Routes are programs: whoever may save one may do all that the bridge may.
 */
public final class LiveRoutes implements AutoCloseable {
    private final Path home;
    private final CamelContext camel;
    private final RouteCheck check;
    private final AuditLog audit;
    private final Consumer<String> says;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    /** What runs, and what was on the disk at the last look. */
    private Map<String, String> running;

    private Map<String, String> seen;

    /** @param says what the engineer is told */
    public LiveRoutes(Path home, CamelContext camel, RouteCheck check, AuditLog audit, Consumer<String> says) {
        this.home = home;
        this.camel = camel;
        this.check = check;
        this.audit = audit;
        this.says = says;
        this.running = read(Map.of());
        this.seen = running;
    }

    /** Looks by itself from now on. */
    public void watch() {
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        look();
                    } catch (RuntimeException e) { // it would be the last look
                        says.accept("NOT reloaded, the old version keeps running: " + e);
                    }
                },
                500,
                500,
                TimeUnit.MILLISECONDS);
    }

    /** What was saved since the last look; what was not taken before is looked at again with it, as it may wait for just this. */
    public synchronized void look() {
        Map<String, String> now = read(seen);
        Set<String> changed = different(seen, now);
        if (changed.isEmpty()) {
            return;
        }
        for (String file : changed) {
            says.accept(file
                    + (!now.containsKey(file) ? " was removed" : seen.containsKey(file) ? " was saved" : " is new"));
        }
        seen = now;
        Set<String> atStart = new TreeSet<>(changed);
        atStart.removeIf(RouteTexts::isRouteOrStatement);
        atStart.forEach(
                file -> says.accept(file + " is read at the start: aiq-bridge check looks at it, restart the bridge"));
        running = with(running, atStart, now);
        changed.removeAll(atStart);
        if (changed.isEmpty()) {
            return;
        }
        List<Finding> findings = take(now);
        Map<String, String> alone = with(running, changed, now);
        if (!findings.isEmpty() && !alone.equals(now)) {
            findings = take(alone);
        }
        findings.forEach(finding ->
                says.accept("NOT reloaded, the old version keeps running. " + finding.text() + ". " + finding.hint()));
    }

    private static Map<String, String> with(Map<String, String> files, Set<String> changed, Map<String, String> now) {
        Map<String, String> with = new TreeMap<>(files);
        with.keySet().removeAll(changed);
        changed.stream().filter(now::containsKey).forEach(file -> with.put(file, now.get(file)));
        return with;
    }

    /** @return why not, empty when it runs from now on */
    private List<Finding> take(Map<String, String> files) {
        Set<String> changed = different(running, files);
        Definitions old = check.definitions(running);
        Definitions saved = check.definitions(files);
        List<Finding> findings = new ArrayList<>(check.findings(files));
        if (!findings.isEmpty()) {
            // what was wrong before and still is stops its own tills, and nobody's work on anything else
            Set<Finding> before = Set.copyOf(check.findings(running));
            findings.removeIf(one -> before.contains(one) && !changed.contains(one.file()));
        }
        if (findings.isEmpty()) {
            findings.addAll(check.elsewhere(files, changed, says));
        }
        Set<String> affected = affected(old, saved, changed);
        if (findings.isEmpty()) {
            findings.addAll(check.built(files, affected));
        }
        if (findings.isEmpty()) {
            changed.forEach(file -> audit.record(
                    AuditLog.operator(),
                    "route-reload",
                    file,
                    files.containsKey(file) ? "sha256 " + Sha256.hex(files.get(file)) : "deleted"));
            running = files;
            if (affected.isEmpty()) {
                says.accept(
                        changed.isEmpty()
                                ? "that is what runs already"
                                : "checked; no route uses it, so none was reloaded");
            } else {
                replace(old, saved, affected, files);
            }
        }
        return findings;
    }

    /** The YAML files whose routes are to be made anew: those that changed, that run a statement which did, or that a template or a policy which did is for. */
    private Set<String> affected(Definitions old, Definitions saved, Set<String> changed) {
        Set<String> affected = new TreeSet<>();
        for (Definitions some : List.of(old, saved)) {
            for (Definition one : some.all()) {
                boolean runs = one.references().stream()
                        .anyMatch(
                                reference -> reference.to() == To.STATEMENT && changed.contains(check.file(reference)));
                if (runs || changed.contains(one.file()) || changed.contains(one.owner())) {
                    affected.add(one.owner());
                    if (one.kind().equals(Definition.POLICY)) {
                        some.all().forEach(other -> affected.add(other.owner()));
                    }
                }
            }
        }
        return affected;
    }

    private void replace(Definitions old, Definitions saved, Set<String> affected, Map<String, String> texts) {
        try {
            Set<String> gone = remove(old, affected);
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(saved.inOrder(affected).stream()
                            .filter(affected::contains)
                            .map(file -> Trial.resource(file, texts.get(file)))
                            .toList());
            if (affected.contains(Definition.CONNECTIONS)) {
                for (TemplatedRouteDefinition one : check.connectionsOn(texts)) {
                    model().addRouteFromTemplatedRoute(one);
                }
            }
            Set<String> made = new LinkedHashSet<>();
            saved.all().stream()
                    .filter(one -> one.kind().equals(Definition.ROUTE))
                    .filter(one -> affected.contains(one.owner()))
                    .forEach(one -> made.add(one.id()));
            gone.removeAll(made);
            if (!made.isEmpty()) {
                says.accept("reloaded " + String.join(", ", made));
            }
            if (!gone.isEmpty()) {
                says.accept("stopped " + String.join(", ", gone));
            }
        } catch (Exception e) {
            says.accept("NOT reloaded, and the old routes are stopped: " + e.getMessage() + "; start the bridge again");
        }
    }

    /** @return the routes that were stopped */
    private Set<String> remove(Definitions old, Set<String> affected) throws Exception {
        Set<String> gone = new TreeSet<>();
        for (Definition one : old.all()) {
            if (!affected.contains(one.owner())) {
                continue;
            }
            switch (one.kind()) {
                case Definition.TEMPLATE -> model().removeRouteTemplateDefinitions(one.id());
                case Definition.POLICY ->
                    model().getRouteConfigurationDefinitions()
                            .removeIf(policy -> one.id().equals(policy.getId()));
                default -> {
                    RouteDefinition route = model().getRouteDefinition(one.id());
                    if (route != null) {
                        model().removeRouteDefinition(route);
                        gone.add(one.id());
                    }
                }
            }
        }
        return gone;
    }

    private Model model() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** Those that only one of both has, or that are not the same in both. */
    private static Set<String> different(Map<String, String> one, Map<String, String> other) {
        Set<String> different = new TreeSet<>(one.keySet());
        different.addAll(other.keySet());
        different.removeIf(file -> one.containsKey(file) && one.get(file).equals(other.get(file)));
        return different;
    }

    private Map<String, String> read(Map<String, String> before) {
        try {
            return RouteTexts.read(home, before);
        } catch (IOException | UncheckedIOException e) {
            return before;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
