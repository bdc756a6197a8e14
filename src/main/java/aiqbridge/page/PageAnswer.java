package aiqbridge.page;

import aiqbridge.api.Problem;
import aiqbridge.audit.RefusalLog;
import aiqbridge.http.Elsewhere;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** Writes a page, a redirect or what went wrong; with the headers that keep a browser from doing what we never ask of it. */
public final class PageAnswer {
    public static final Map<String, String> SECURE = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final PageSessions sessions;
    private final PageUsers users;
    private final PageFiles files;
    private final PageBanner banner;
    private final RefusalLog refusals;

    public PageAnswer(PageSessions sessions, PageUsers users, PageFiles files, PageBanner banner, RefusalLog refusals) {
        this.sessions = sessions;
        this.users = users;
        this.refusals = refusals;
        this.files = files;
        this.banner = banner;
    }

    /** The body is a {@link Page}, the variable {@code request} the request. */
    public void write(Exchange exchange) {
        Page page = exchange.getMessage().getBody(Page.class);
        PageRequest request = exchange.getVariable("request", PageRequest.class);
        if (page.notice() != null && request.session() != null) {
            sessions.notice(request.session(), page.notice());
        }
        if (page.location() != null) {
            elsewhere(exchange.getMessage(), page.location(), request.secure());
        } else {
            Map<String, Object> model = new HashMap<>(page.model());
            model.put("frame", frame(request));
            html(exchange.getMessage(), page.status(), rendered(page.template(), model), request.secure());
        }
        if (page.token() != null) {
            exchange.getMessage()
                    .setHeader(
                            "Set-Cookie",
                            cookieName(request.secure()) + "=" + page.token() + "; Path=/; HttpOnly; SameSite=Lax"
                                    + (request.secure() ? "; Secure" : "")
                                    + (page.token().isEmpty() ? "; Max-Age=0" : ""));
        }
    }

    /** The body is a table for a spreadsheet, the variable {@code request} the request. */
    public void sheet(Exchange exchange, String name) {
        Message message = exchange.getMessage();
        boolean https = exchange.getVariable("request", PageRequest.class).secure();
        message.removeHeaders("*");
        secure(message, https);
        message.setHeader(Exchange.CONTENT_TYPE, "text/csv; charset=utf-8");
        message.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        message.setBody(message.getBody(String.class).getBytes(StandardCharsets.UTF_8));
    }

    private Frame frame(PageRequest request) {
        PageSession session = request.session();
        if (session == null) {
            return plain();
        }
        if (session.notice() != null) {
            sessions.notice(session, null);
        }
        return new Frame(
                session.user(),
                session.due() == null ? session.role() : null,
                session.csrf(),
                request.path().replaceFirst("^/([^/]*).*$", "$1"),
                session.notice(),
                session.due() == null ? banner.warnings() : List.of(),
                files.address("page.css"),
                files.address("page.js"));
    }

    private Frame plain() {
        return new Frame(null, null, "", "", null, List.of(), files.address("page.css"), files.address("page.js"));
    }

    /** A {@link PageProblem}, or a {@link Problem} of a route that the API uses too. */
    public void problem(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Elsewhere first = ObjectHelper.getException(Elsewhere.class, cause);
        if (first != null) {
            elsewhere(exchange.getMessage(), first.location(), false);
            return;
        }
        PageProblem problem = ObjectHelper.getException(PageProblem.class, cause);
        Problem shared = ObjectHelper.getException(Problem.class, cause);
        if (shared != null && shared.status() == 429) {
            PageRequest request = exchange.getVariable("request", PageRequest.class);
            refusals.refused(
                    request.session() == null ? RefusalLog.somebodyAt(request.address()) : request.user(),
                    "page-sign-in-limited",
                    request.session() == null ? users.named(request.field("user")) : request.user());
        }
        if (problem != null && problem.status() == 403) {
            PageVisitor visitor = exchange.getProperty("who", PageVisitor.class);
            refusals.refused(
                    visitor.session() == null
                            ? RefusalLog.somebodyAt(visitor.address())
                            : visitor.session().user(),
                    "page-form-refused",
                    exchange.getFromRouteId());
        }
        sentence(
                exchange.getMessage(),
                problem != null ? problem.status() : shared.status(),
                problem != null ? problem.getMessage() : shared.getMessage());
        if (problem == null && shared.retryAfter() != null) {
            exchange.getMessage().setHeader("Retry-After", shared.retryAfter());
        }
    }

    /** Something of ours failed: say no more than that. */
    public void fault(Exchange exchange) {
        sentence(
                exchange.getMessage(),
                503,
                "The bridge cannot show this right now. Try again in a moment; if it persists, the reason is in the bridge's log.");
    }

    private void sentence(Message message, int status, String sentence) {
        html(message, status, sentence(sentence), false);
    }

    /** A page that says no more than this. */
    public String sentence(String sentence) {
        return rendered("problem", Map.of("frame", plain(), "sentence", sentence));
    }

    private String rendered(String template, Map<String, Object> model) {
        StringOutput html = new StringOutput();
        templates.render(template + ".jte", model, html);
        return html.toString();
    }

    private static void html(Message message, int status, String html, boolean https) {
        message.removeHeaders("*");
        secure(message, https);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setBody(html.getBytes(StandardCharsets.UTF_8));
    }

    private static void elsewhere(Message message, String location, boolean https) {
        message.removeHeaders("*");
        secure(message, https);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
        message.setHeader("Location", location);
        message.setBody(new byte[0]);
    }

    static void secure(Message message, boolean https) {
        SECURE.forEach(message::setHeader);
        if (https) {
            message.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    static String cookieName(boolean secure) {
        return secure ? "__Host-aiq-bridge" : "aiq-bridge";
    }
}
