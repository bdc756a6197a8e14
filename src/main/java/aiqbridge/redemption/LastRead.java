package aiqbridge.redemption;

import java.util.Objects;
import java.util.stream.Stream;

/** When AIQ's lists were last really read. */
public final class LastRead {
    /**
     * Epoch milliseconds when the later of them was asked for that held a list, null where none did.
     *
     * @param timeline null where it was not asked for
     */
    public Long at(Reading report, Reading timeline) {
        return Stream.of(report, timeline)
                .filter(Objects::nonNull)
                .filter(Reading::listed)
                .map(Reading::begun)
                .max(Long::compare)
                .orElse(null);
    }
}
