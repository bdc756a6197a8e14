package aiqbridge.firstcontact;

import aiqbridge.account.Account;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.firstcontact.Finding.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every step has at hand: the person, the line to AIQ, and what was found so far, which is kept at once. */
final class Sitting {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration MORE = Duration.ofMinutes(10);
    private static final Set<String> READS =
            Set.of("stores", "lookup", "wallet", "timeline", "redemptions", "adjustments");
    private static final int MOST_TRIES = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    final Account account;
    final Dialogue person;
    final Line aiq;
    final Progress progress;
    private final Runnable keeps;

    Sitting(Account account, Dialogue person, Line aiq, Progress progress, Runnable keeps) {
        this.account = account;
        this.person = person;
        this.aiq = aiq;
        this.progress = progress;
        this.keeps = keeps;
    }

    void keep() {
        keeps.run();
    }

    /** Once, in whichever sitting. */
    void step(String id, String title, Runnable work) {
        if (progress.done.contains(id)) {
            return;
        }
        person.say("");
        person.say("— " + title);
        work.run();
        progress.done.add(id);
        keep();
    }

    void confirmed(Point point, String detail) {
        found(point, Verdict.CONFIRMED, detail);
    }

    void differs(Point point, String detail) {
        found(point, Verdict.DIFFERS, detail);
    }

    /** It may have been seen before, in another answer. */
    void notSeen(Point point, String detail) {
        if (!progress.findings.containsKey(point)) {
            found(point, Verdict.NOT_SEEN, detail);
        }
    }

    /** What differs once differs; a clause that another answer adds is kept beside it. */
    private void found(Point point, Verdict verdict, String detail) {
        Finding before = progress.findings.get(point);
        boolean differed = before != null && before.verdict() == Verdict.DIFFERS;
        String all = differed && verdict == Verdict.DIFFERS && !before.detail().contains(detail)
                ? before.detail() + "; " + detail
                : differed && verdict != Verdict.DIFFERS ? before.detail() : detail;
        progress.findings.put(point, new Finding(differed ? Verdict.DIFFERS : verdict, all));
        person.say("  " + verdict.words() + ": " + point.belief() + " (" + detail + ")");
        keep();
    }

    /** From now on, and to be written into config/application.properties in the end. */
    boolean set(String key, String value) {
        Optional<String> wrong = aiq.set(key, value);
        wrong.ifPresentOrElse(sentence -> person.say("  " + sentence + " It stays " + aiq.setting(key) + "."), () -> {
            progress.settings.put(key, value);
            person.say("  set: " + key + " = " + value);
            keep();
        });
        return wrong.isEmpty();
    }

    /** The name goes first in a list of names, unless it is in it. */
    void addName(String key, String name) {
        String names = aiq.setting(key);
        if (Arrays.stream(names.split("\\s*,\\s*")).noneMatch(name::equals)) {
            set(key, names.isEmpty() ? name : name + "," + names);
        }
    }

    /** AIQ has another name for what the bridge knows as this. */
    void rename(String known, String theirs) {
        String pair = known + ": " + theirs;
        String names = Stream.concat(
                        Arrays.stream(aiq.setting("aiq.answer-names").split("\\s*,\\s*"))
                                .filter(one -> !one.isEmpty() && !one.startsWith(known + ":")),
                        Stream.of(pair))
                .collect(Collectors.joining(", "));
        set("aiq.answer-names", names);
    }

    /** One call; what its answer looks like is kept. A read that is one too many for AIQ is made again a little later. */
    Heard call(String operation, AiqAsk ask) {
        Heard heard = aiq.call(operation, ask);
        for (int tries = 0; heard.status() == 429 && READS.contains(operation); tries++) {
            if (tries == MOST_TRIES) {
                throw new Dialogue.Stopped("AIQ's rate limit is used up; perhaps something else uses this key.");
            }
            person.pause(LONGEST_PAUSE);
            heard = aiq.call(operation, ask);
        }
        String shape = heard.status() + " " + (heard.json() == null ? "no JSON" : Fields.shape(heard.json()));
        progress.shapes.merge(
                operation,
                shape,
                (before, now) -> before.contains(now) || before.length() > 2_000 ? before : before + "\n" + now);
        return heard;
    }

    /** The call; where AIQ does not know its address, with the path that the person has from AIQ. */
    Heard callAtItsPath(String operation, Supplier<AiqAsk> ask) {
        String key = "aiq." + operation + "-path";
        while (true) {
            Heard heard = call(operation, ask.get());
            boolean noSuchPath = heard.status() == 405
                    || heard.status() == 404
                            && (!heard.inEnvelope()
                                    || heard.json()
                                            .at("/errors/0/message")
                                            .asText()
                                            .equalsIgnoreCase("Not Found"));
            if (!noSuchPath) {
                return heard;
            }
            person.say("  AIQ answers " + heard.status() + " to " + aiq.setting(key) + ".");
            String path = person.ask("  If AIQ gave you another path for it, type it; Enter to go on without");
            if (path.isEmpty() || !set(key, path)) {
                return heard;
            }
        }
    }

    /** What AIQ shows sooner or later: looked for a few minutes, and longer where the person wants to wait. */
    <T> Optional<T> wait(String what, Supplier<Optional<T>> look) {
        Duration left = PATIENCE;
        Duration pause = Duration.ofSeconds(2);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found;
            }
            if (left.isNegative() || left.isZero()) {
                if (!person.yes("  AIQ does not show " + what + " yet. Wait another ten minutes?")) {
                    return Optional.empty();
                }
                left = MORE;
            }
            person.pause(pause);
            left = left.minus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    static JsonNode at(JsonNode data, String path) {
        return data.at("/" + path.replace('.', '/'));
    }
}
