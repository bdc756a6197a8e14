package aiqbridge.pos;

import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.redemption.TransactionId;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.SchedulerException;

/** A till's call that its sale is completed (routes/redemption/README.md section 5): the caller's key, location and transaction must match a redemption. */
public final class CompletionCall {
    private final PosConnections connections;
    private final Clock clock;

    public CompletionCall(PosConnections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    public Completion read(ApiRequest request) {
        PosConnection connection = connections
                .find(request.caller().connection())
                .orElseThrow(() -> new Problem(
                        403,
                        "till-only",
                        "Only a till's key can report a completed sale; a shop's orders arrive by its webhooks."));
        Fields fields = new Fields(request.body(), "transactionId", "location", "total");
        BigDecimal total = fields.number("total");
        if (total != null && total.signum() < 0) {
            throw Problem.field("total", "is negative; a return is not a completed sale.");
        }
        String location = fields.text("location", 128);
        String transactionId = fields.needed("transactionId", 128);
        return new Completion(
                connection.name(),
                location == null ? connection.location() : location,
                transactionId,
                TransactionId.spelling(transactionId),
                total == null ? BigDecimal.ZERO : total,
                connection.completion(),
                clock.millis());
    }

    /**
     * A sale that is completed.
     *
     * @param completion poll, or how else the connection hears of it
     * @param now        epoch milliseconds
     */
    public record Completion(
            String connection,
            String location,
            String transactionId,
            String spelling,
            BigDecimal total,
            String completion,
            long now) {}

    /** What the caller hears. */
    public record Heard(String transactionId, List<RedemptionOfSale> redemptions) {}

    /** @throws Problem 404 when nothing of this connection and location belongs to that sale */
    public Completion known(Completion call, List<RedemptionOfSale> redemptions) {
        if (redemptions.isEmpty()) {
            throw new Problem(404, "sale-unknown", "No redemption waits for this transaction at this location.");
        }
        return call;
    }

    /** Lets the connection's clock tick now; it never runs twice at once. */
    public Completion pollNow(CamelContext camel, Completion call) throws SchedulerException {
        JobKey clockOf = JobKey.jobKey(call.connection(), "pos");
        var scheduler = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
        if (scheduler.checkExists(clockOf)) {
            scheduler.triggerJob(clockOf);
        }
        return call;
    }

    public Heard answer(Completion call, List<RedemptionOfSale> redemptions) {
        return new Heard(call.transactionId(), redemptions);
    }
}
