package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * After how long a redemption waits longer than its connection usually takes: three times what nineteen of twenty of its last redemptions took, by model. To be sent never before an alert
 * would come, and never after the time in which a doubt is a person's; a doubt as long as that, and as long as AIQ's silence takes to prove something. For its sale or order the database's view
 * {@code needs_look} puts in at least a quarter of the redemption's life.
 */
public final class UsualWait {
    private static final int ENOUGH = 20, TIMES = 3;
    private static final Duration LEARNT_EVERY = Duration.ofMinutes(10);
    private final Connections connections;
    private final Doubt doubt;
    private final Clock clock;
    private final Duration least;
    private final Duration most;
    private volatile long learntAt;

    public UsualWait(Connections connections, Doubt doubt, Settings settings, Clock clock) {
        this.connections = connections;
        this.doubt = doubt;
        this.clock = clock;
        this.least = settings.duration("redemption.alert-after");
        this.most = settings.duration("redemption.unknown-for");
    }

    /**
     * How long one executed redemption waited, in milliseconds; null where that is not known.
     *
     * @param forSaleMs until its sale was completed or its order paid
     * @param toSendMs  from then on until AIQ took the points
     */
    public record Waited(String model, Long forSaleMs, Long toSendMs) {}

    /** After how many milliseconds it is longer than usual; {@code connection} and {@code model} are empty for all of which too little is known. */
    public record Usual(String connection, String model, long forSaleMs, long toSendMs, long inDoubtMs) {}

    /** The connections from whose redemptions it is learnt now, first all others; none where it was lately. */
    public List<String> due() {
        if (clock.millis() - learntAt < LEARNT_EVERY.toMillis()) {
            return List.of();
        }
        learntAt = clock.millis();
        return Stream.concat(Stream.of(""), connections.all().stream().map(Connection::name))
                .toList();
    }

    /** What the last redemptions of the connection teach: of each model of which there are enough. */
    public List<Usual> learnt(String connection, List<Waited> last) {
        Map<String, List<Waited>> byModel = last.stream().collect(Collectors.groupingBy(Waited::model));
        if (connection.isEmpty()) {
            byModel = Map.of("", List.of());
        }
        return byModel.entrySet().stream()
                .map(of -> {
                    long toSend = longer(of.getValue().stream().map(Waited::toSendMs));
                    return new Usual(
                            connection,
                            of.getKey(),
                            longer(of.getValue().stream().map(Waited::forSaleMs)),
                            clamp(toSend),
                            clamp(toSend) + clock.millis() - doubt.freshSince());
                })
                .toList();
    }

    private long clamp(long wait) {
        return Math.max(least.toMillis(), Math.min(wait, most.toMillis()));
    }

    /** Three times the time within which nineteen of twenty were done; 0 where there are too few. */
    static long longer(Stream<Long> waits) {
        List<Long> sorted =
                waits.filter(wait -> wait != null && wait >= 0).sorted().toList();
        return sorted.size() < ENOUGH ? 0 : TIMES * sorted.get((sorted.size() * 19 + 19) / 20 - 1);
    }
}
