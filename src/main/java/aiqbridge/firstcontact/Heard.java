package aiqbridge.firstcontact;

import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAnswer.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One answer of AIQ as it came, beside what the bridge reads in it.
 *
 * @param status 0 where none came
 * @param json   null where it is none
 * @param from   when the call began, epoch milliseconds
 * @param to     when its answer was read
 */
record Heard(AiqAnswer answer, int status, String retryAfter, JsonNode json, long from, long to) {
    /** Under a status of 2xx, and nothing in the envelope that denies it. */
    boolean good() {
        return status >= 200
                && status < 300
                && json != null
                && json.path("success").asBoolean(true)
                && json.path("code").asInt(200) < 400;
    }

    boolean done() {
        return answer.outcome() == Outcome.DONE;
    }

    JsonNode data() {
        return json == null ? MissingNode.getInstance() : json.path("data");
    }

    /** AIQ's envelope of a failure (AIQ: section 1.3). */
    boolean inEnvelope() {
        return json != null
                && json.path("errors").path(0).path("message").isTextual()
                && json.path("code").isInt()
                && json.path("success").isBoolean();
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
