package aiqbridge.network;

import java.net.ConnectException;
import java.util.Optional;

/** The proxy opened no way to whom we call, so that certainly nothing reached them. Its message is ours alone and completes a sentence; nothing of what the proxy said is in it. */
public final class ProxyFault extends ConnectException {
    private static final long serialVersionUID = 1;

    private ProxyFault(String message, Throwable cause) {
        super(message);
        initCause(cause);
    }

    /** It answered to CONNECT with that status. */
    static ProxyFault refused(int status) {
        return new ProxyFault(
                status == 407
                        ? "the proxy refuses our user or password (407)"
                        : "the proxy answered " + status + " and opened no tunnel",
                null);
    }

    static ProxyFault failed(Throwable cause) {
        return new ProxyFault(
                "there is no way through the proxy (" + cause.getClass().getSimpleName() + ")", cause);
    }

    /** What it was, when it was the proxy. */
    public static Optional<String> why(Throwable failed) {
        Throwable t = failed;
        for (int deep = 0; t != null && deep < 50; deep++) {
            if (t instanceof ProxyFault) {
                return Optional.of(t.getMessage());
            }
            t = t.getCause();
        }
        return Optional.empty();
    }
}
