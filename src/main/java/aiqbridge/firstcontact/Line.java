package aiqbridge.firstcontact;

import aiqbridge.Bridge;
import aiqbridge.Json;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.AiqClock;
import aiqbridge.aiq.AiqGate;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/** Calls AIQ as the bridge does, through its routes, under the settings that were found so far, and hears the answers as they came. */
final class Line implements AutoCloseable {
    private static final ObjectMapper JSON = Json.ofAiq();
    private final Settings base;
    private final Function<Settings, Bridge> opens;
    private final Clock clock;
    private final Map<String, String> found = new LinkedHashMap<>();
    private Bridge bridge;
    private Settings settings;
    private int status;
    private String retryAfter;
    private String body;

    /** @param found settings that differ already */
    Line(Settings base, Map<String, String> found, Function<Settings, Bridge> opens, Clock clock) {
        this.base = base;
        this.opens = opens;
        this.clock = clock;
        this.found.putAll(found);
        settings = with(this.found);
    }

    private Settings with(Map<String, String> over) {
        Properties values = base.asProperties();
        values.putAll(over);
        return Settings.of(values);
    }

    Settings settings() {
        return settings;
    }

    String setting(String key) {
        return settings.has(key) ? settings.text(key) : "";
    }

    Map<String, String> found() {
        return found;
    }

    /** Why the setting may not be so; empty when it is in force from now on. */
    Optional<String> set(String key, String value) {
        Map<String, String> over = new LinkedHashMap<>(found);
        over.put(key, value);
        Settings next = with(over);
        Optional<StartRefused> wrong = next.wrong().stream()
                .filter(one -> one.sentence().contains(key))
                .findFirst();
        if (wrong.isEmpty()) {
            found.put(key, value);
            settings = next;
            hangUp();
        }
        return wrong.map(StartRefused::sentence);
    }

    /** As long as the work lasts, the setting is so. */
    void under(Map<String, String> meanwhile, Runnable work) {
        Settings before = settings;
        Map<String, String> over = new LinkedHashMap<>(found);
        over.putAll(meanwhile);
        settings = with(over);
        hangUp();
        try {
            work.run();
        } finally {
            settings = before;
            hangUp();
        }
    }

    Bridge bridge() {
        if (bridge == null) {
            bridge = opens.apply(settings);
            gate().listen((call, status, retryAfter, at, body) -> {
                this.status = status;
                this.retryAfter = retryAfter;
                this.body = body;
            });
        }
        return bridge;
    }

    private AiqGate gate() {
        return bridge.camel().getRegistry().lookupByNameAndType("aiqGate", AiqGate.class);
    }

    /** @throws Dialogue.Stopped when AIQ cannot be reached at all */
    Heard call(String operation, AiqAsk ask) {
        status = 0;
        retryAfter = null;
        body = null;
        long from = clock.millis();
        AiqAnswer answer = bridge().ask("aiq-" + operation, ask);
        if (answer.neverLeft()) {
            throw new Dialogue.Stopped("Nothing left for AIQ: " + answer.detail() + ".");
        }
        return new Heard(answer, status, retryAfter, json(body), from, clock.millis());
    }

    private static JsonNode json(String body) {
        try {
            return body == null ? null : JSON.readerFor(JsonNode.class).readValue(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** AIQ's clock minus ours in milliseconds; null while AIQ does not say. */
    Long clockOffset(String account) {
        return bridge().camel()
                .getRegistry()
                .lookupByNameAndType("aiqClock", AiqClock.class)
                .offset(account);
    }

    private void hangUp() {
        if (bridge != null) {
            bridge.close();
            bridge = null;
        }
    }

    @Override
    public void close() {
        hangUp();
    }
}
