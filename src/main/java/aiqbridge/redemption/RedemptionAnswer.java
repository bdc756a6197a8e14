package aiqbridge.redemption;

import aiqbridge.api.Problem;
import aiqbridge.stop.StopDoor;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a caller sees of a redemption (routes/redemption/README.md section 6): its state, and the points for a till that stores them itself. */
public final class RedemptionAnswer {
    private static final Set<String> GOES_ON = Set.of("QUEUED", "SELECTED", "DUE", "EXECUTING", "UNKNOWN");
    private final Clock clock;

    public RedemptionAnswer(Clock clock) {
        this.clock = clock;
    }

    /** @throws Problem 404 for no such redemption of this caller's connection */
    public ShownRedemption of(List<Standing> rows) {
        if (rows.isEmpty()) {
            throw new Problem(404, "redemption-unknown", "There is no such redemption.");
        }
        return ShownRedemption.of(rows.get(0));
    }

    /**
     * What is known of a redemption whose row cannot be read now: that it is under way, if it may have been sent; as it was accepted a moment ago, if nobody waits for it to be sent.
     *
     * @throws Exception the fault, when nobody will send it, or only a repeated request asks for it
     */
    public List<Standing> unread(Wish wish, String redemption, Boolean sent, String accepted, Exception fault)
            throws Exception {
        boolean waits = "true".equals(accepted) && !wish.immediate();
        if (!Boolean.TRUE.equals(sent) && !waits) {
            throw fault;
        }
        return List.of(Standing.of(wish, redemption, waits ? wish.status() : "EXECUTING"));
    }

    /**
     * The status of the answer to a request to redeem.
     *
     * @throws Problem for a redemption that its caller waited for and that did not, or does no longer, stand: 503 when it was not sent, else 409
     */
    public int status(List<Standing> rows) {
        Standing row = rows.get(0);
        if (GOES_ON.contains(row.status())) {
            return 202;
        }
        return row.immediate() ? waitedFor(row) : 200;
    }

    private int waitedFor(Standing row) {
        String status = row.status();
        String reason = String.valueOf(row.reason());
        if (status.equals("EXECUTED") && row.reversal() == null) {
            return 201;
        }
        if (status.equals("PARKED") && reason.equals("unclear")) {
            return 202;
        }
        if (status.equals("RELEASED") && reason.equals("not sent")) {
            throw notSent(row);
        }
        throw switch (status) {
            case "EXECUTED" ->
                refused(
                        row,
                        "redemption-taken-back",
                        "The points were taken and are being or have been given back: do not give the discount.");
            case "REJECTED" ->
                refused(
                        row,
                        "redemption-rejected",
                        "AIQ did not take the points (" + reason + "): do not give the discount.");
            case "PARKED" ->
                refused(
                        row,
                        "redemption-parked",
                        "The points were not taken and a person must decide (" + reason
                                + "): do not give the discount.");
            default ->
                refused(
                        row,
                        "redemption-released",
                        "The redemption was released (" + reason + "): do not give the discount.");
        };
    }

    private Problem notSent(Standing row) {
        if (row.stopped() > 0) {
            return StopDoor.stopped();
        }
        if (row.pausedAt() != null) {
            return new Problem(
                            503,
                            "account-paused",
                            "AIQ does not accept this account's API key at present. Continue without loyalty, or try again.")
                    .after(Duration.ofMinutes(1));
        }
        long wait = row.nextAttemptAt() - clock.millis();
        return Problem.tryAgain(
                Duration.ofMillis(Math.max(wait, 1_000)),
                "AIQ cannot be reached right now; nothing was redeemed and nothing will be. Continue without loyalty, or try again.");
    }

    /** What programs are told of a redemption that is refused. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Of(String redemptionStatus, String redemptionId) {}

    private static Problem refused(Standing row, String code, String detail) {
        return new Problem(409, code, detail).with(new Of(row.status(), row.redemptionId()));
    }

    /** @throws Problem 409 when the redemption is past the point where a caller may release it */
    public ShownRedemption released(Integer moved, ShownRedemption answer) {
        boolean takenBack = answer.cartId() != null && answer.reversal() != null;
        if ((moved == null || moved == 0) && !"RELEASED".equals(answer.status()) && !takenBack) {
            throw new Problem(
                            409,
                            "not-releasable",
                            "The redemption is " + answer.status()
                                    + "; only one whose sale is not yet completed can be released.")
                    .with(new Of(answer.status(), null));
        }
        return answer;
    }
}
