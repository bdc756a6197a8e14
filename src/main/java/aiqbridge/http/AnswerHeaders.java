package aiqbridge.http;

import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** Lets our answers carry Cache-Control, which Camel otherwise takes out of them: wallets and pages must not be kept on the way. */
public final class AnswerHeaders extends HttpHeaderFilterStrategy {
    public AnswerHeaders() {
        getOutFilter().remove("cache-control");
    }
}
