package aiqbridge.api;

import aiqbridge.audit.RefusalLog;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** What an answer says of itself, whose body the route then writes as JSON; a problem is application/problem+json. Nothing of the request comes back in the headers. */
public final class ApiAnswer {
    private final RefusalLog refusals;

    public ApiAnswer(RefusalLog refusals) {
        this.refusals = refusals;
    }

    public void json(Exchange exchange) {
        write(
                exchange.getMessage(),
                exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class),
                "application/json",
                (Record) exchange.getMessage().getBody());
    }

    /** 200 and nothing else. */
    public void empty(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setBody(new byte[0]);
    }

    public void png(Exchange exchange) {
        picture(exchange.getMessage(), "image/png");
    }

    public void svg(Exchange exchange) {
        picture(exchange.getMessage(), "image/svg+xml");
    }

    private static void picture(Message message, String type) {
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader("Cache-Control", "private, max-age=3600");
    }

    public void problem(Exchange exchange) {
        // a split wraps what one of its parts throws
        Problem problem = ObjectHelper.getException(
                Problem.class, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (problem.status() == 429 && exchange.getProperty("who") instanceof Caller caller) {
            refusals.refused(caller.connection(), "api-limited", problem.code());
        }
        write(exchange.getMessage(), problem.status(), "application/problem+json", problem.members());
        if (problem.retryAfter() != null) {
            exchange.getMessage().setHeader("Retry-After", problem.retryAfter());
        }
        if (problem.status() == 401) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Bearer");
        }
    }

    /** Something of ours failed: say no more than that. */
    public void fault(Exchange exchange) {
        Problem problem = Problem.tryAgain(
                java.time.Duration.ofSeconds(5),
                "The bridge cannot do this right now. It is safe to repeat the request.");
        write(exchange.getMessage(), 503, "application/problem+json", problem.members());
        exchange.getMessage().setHeader("Retry-After", problem.retryAfter());
    }

    private static void write(Message message, int status, String type, Record body) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setHeader("Cache-Control", "no-store");
        message.setBody(body);
    }
}
