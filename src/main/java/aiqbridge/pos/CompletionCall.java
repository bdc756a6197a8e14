package aiqbridge.pos;

import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    public Map<String, Object> read(ApiRequest request) {
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
        Map<String, Object> call = new HashMap<>();
        call.put("connection", connection.name());
        call.put("location", location == null ? connection.location() : location);
        call.put("transaction_id", fields.needed("transactionId", 128));
        call.put("total", total == null ? BigDecimal.ZERO : total);
        call.put("completion", connection.completion());
        call.put("now", clock.millis());
        return call;
    }

    /** @throws Problem 404 when nothing of this connection and location belongs to that sale */
    public Map<String, Object> known(Map<String, Object> call, List<Map<String, Object>> redemptions) {
        if (redemptions.isEmpty()) {
            throw new Problem(404, "sale-unknown", "No redemption waits for this transaction at this location.");
        }
        return call;
    }

    /** Lets the connection's clock tick now; it never runs twice at once. */
    public Map<String, Object> pollNow(CamelContext camel, Map<String, Object> call) throws SchedulerException {
        JobKey clockOf = JobKey.jobKey((String) call.get("connection"), "pos");
        var scheduler = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
        if (scheduler.checkExists(clockOf)) {
            scheduler.triggerJob(clockOf);
        }
        return call;
    }

    public Map<String, Object> answer(Map<String, Object> call, List<Map<String, Object>> redemptions) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("transactionId", call.get("transaction_id"));
        answer.put(
                "redemptions",
                redemptions.stream()
                        .map(r -> Map.of("redemptionId", r.get("redemption_id"), "status", r.get("status")))
                        .toList());
        return answer;
    }
}
