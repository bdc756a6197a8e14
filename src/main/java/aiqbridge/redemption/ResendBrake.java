package aiqbridge.redemption;

import aiqbridge.Settings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of an account is sent again because AIQ's records say that it had no effect. {@code redemption.resend-brake} at first, and twice as many each time
 * that all of those were seen to be executed once: were an assumption about AIQ wrong, few would be taken twice before that is noticed.
 */
public final class ResendBrake {
    private static final Logger LOG = LoggerFactory.getLogger(ResendBrake.class);
    private final int most;
    private final Doubt doubt;
    private final Evidence evidence;
    private final Set<String> holding = ConcurrentHashMap.newKeySet();

    /**
     * An account's, as {@code settle/resends} gives it.
     *
     * @param stopped   1 while a person has to allow it
     * @param again     in the last hour said to have had no effect
     * @param confirmed those of them that AIQ executed since and its report showed
     */
    public record Resends(int stopped, int again, int confirmed) {}

    public ResendBrake(Settings settings, Doubt doubt, Evidence evidence) {
        this.most = settings.number("redemption.resend-brake");
        this.doubt = doubt;
        this.evidence = evidence;
    }

    /** ASK, or WAIT where AIQ need not be asked for more, because what it does not show would not be sent again now anyway. */
    public Settled mayAsk(Unclear row, Resends account) {
        boolean braked = account.again() - account.confirmed() >= Math.max(most, account.confirmed());
        if (!braked) {
            holding.remove(row.accountId());
        } else if (holding.add(row.accountId())) {
            LOG.error(
                    "ALERT: {} calls of account {} had no effect within an hour and {} of them were executed since; the others wait",
                    account.again(),
                    row.accountId(),
                    account.confirmed());
        }
        return (braked || account.stopped() == 1) && !row.parked() && doubt.silenceCounts(row)
                ? evidence.held(row)
                : evidence.asks(row);
    }
}
