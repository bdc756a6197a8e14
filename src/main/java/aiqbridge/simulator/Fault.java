package aiqbridge.simulator;

/**
 * One thing that goes wrong on purpose.
 *
 * @param uid       the account it hits; empty for any
 * @param operation {@code redeem}, {@code wallet} … or {@code *}
 * @param path      what the call's path has to contain; empty for any
 * @param kind      delay, hang-before-effect, hang-after-effect, reset-before-effect, reset-after-effect, cut-before-effect, half-body, slow-drip,
 *                  status-before-effect, status-after-effect (a 2xx with the answer itself), failure-in-200, says-before-effect, says-after-effect, html-502,
 *                  redirect, bad-json, null-body
 * @param times     how many calls it hits; -1 for all
 * @param body      what says-… answers, word for word
 */
record Fault(
        String uid,
        String operation,
        String path,
        String kind,
        int times,
        long delayMs,
        int status,
        String retryAfter,
        String body) {
    Fault once() {
        return new Fault(uid, operation, path, kind, times - 1, delayMs, status, retryAfter, body);
    }

    boolean hits(String account, String called, String calledPath) {
        return (uid.isEmpty() || uid.equals(account))
                && (operation.equals("*") || operation.equals(called))
                && calledPath.contains(path);
    }

    /** Whether AIQ does the work before it goes wrong. */
    boolean afterEffect() {
        return switch (kind) {
            case "delay",
                    "hang-after-effect",
                    "reset-after-effect",
                    "half-body",
                    "slow-drip",
                    "status-after-effect",
                    "says-after-effect",
                    "bad-json",
                    "null-body" -> true;
            default -> false;
        };
    }
}
