package aiqbridge.page;

import aiqbridge.Settings;
import aiqbridge.api.Problem;
import aiqbridge.audit.RefusalLog;
import aiqbridge.http.Admission;
import aiqbridge.http.Elsewhere;
import aiqbridge.http.Sender;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a request for a page in: from somebody whose role includes it, and from a page of ours when it changes something (config/README.md section 10.3). */
public final class PageDoor implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(PageDoor.class);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private final PageSessions sessions;
    private final URI publicUrl;
    private final Sender sender;
    private final RefusalLog refusals;

    public PageDoor(PageSessions sessions, Sender sender, RefusalLog refusals, Settings settings) {
        this.sessions = sessions;
        this.publicUrl = settings.url("page.public-url");
        this.sender = sender;
        this.refusals = refusals;
    }

    /** Under which people reach the page and shops reach the webhooks, without a slash at the end. */
    public static String address(Settings settings) {
        URI url = settings.url("page.public-url");
        return url != null
                ? url.toString().replaceFirst("/+$", "")
                : "http://" + settings.text("http.host") + ":" + settings.text("http.port");
    }

    /** Who asks, and whether their role may reach this address: before a byte of the body is read, and for every route, also one that is added. */
    @Override
    public Admission at(String methods, String path) {
        String address = methods + " " + path;
        Role needed = Rights.needed(address);
        boolean everybodys = Rights.isEverybodys(address);
        if (needed == null && !everybodys) {
            LOG.warn("{} is reached by nobody: Rights does not say which role it needs", address);
        }
        if (address.equals(Rights.FILES)) {
            return asked -> null;
        }
        return asked -> {
            if (needed == null && !everybodys) {
                throw new Problem(404, "unknown-address", "There is nothing at this address.");
            }
            PageVisitor visitor = visitor(asked);
            if (needed != null) {
                judge(visitor, needed, address, asked);
            }
            return visitor;
        };
    }

    private void judge(PageVisitor visitor, Role needed, String address, HttpServerRequest asked) {
        if (visitor.session() == null) {
            throw new Elsewhere("/sign-in" + then(asked.method().name(), asked.path()));
        }
        PageSession.Due due = visitor.session().due();
        if (due != null && !Rights.mayReach(due, address)) {
            throw new Elsewhere(due.page());
        }
        if (!visitor.session().role().includes(needed)) {
            refusals.refused(visitor.session().user(), "page-role-refused", address);
            throw new Problem(
                    403,
                    "role-insufficient",
                    "Your role, " + visitor.session().role().word()
                            + ", does not include this. An owner can change it.");
        }
    }

    /** No address is reached without saying which. */
    @Override
    public Object admit(HttpServerRequest asked) {
        throw new IllegalStateException("which address?");
    }

    private PageVisitor visitor(HttpServerRequest asked) {
        String host = asked.authority().toString().toLowerCase(Locale.ROOT);
        boolean secure = publicUrl != null
                ? publicUrl.getScheme().equals("https")
                : !LOOPBACK.contains(host.replaceFirst(":\\d+$", ""));
        String token = cookie(String.join(";", asked.headers().getAll("Cookie")), PageAnswer.cookieName(secure));
        PageSession session = token == null ? null : sessions.find(token).orElse(null);
        return new PageVisitor(host, sender.of(asked), secure, session);
    }

    /** A request that the front has let in; one that changes something comes from a page of ours. */
    public PageRequest open(Exchange exchange) {
        Message message = exchange.getMessage();
        PageVisitor visitor = exchange.getProperty("who", PageVisitor.class);
        boolean post = "POST".equals(message.getHeader(Exchange.HTTP_METHOD, String.class));
        if (post) {
            ofOurs(message, visitor.host());
        }
        PageRequest request = new PageRequest(
                decoded(message.getHeader(Exchange.HTTP_PATH, "/", String.class)),
                fields(message.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class)),
                post ? form(message) : Map.of(),
                visitor.address(),
                visitor.secure(),
                visitor.session());
        if (post
                && request.session() != null
                && !same(request.session().csrf(), request.form().getOrDefault("csrf", ""))) {
            throw new PageProblem(
                    403,
                    "This form has expired: you have signed in again since you opened it. Reload the page and repeat what you did.");
        }
        return request;
    }

    /** Only for who has given the password a moment ago: keys, secrets, going live. */
    public PageRequest openConfirmed(Exchange exchange) {
        PageRequest request = open(exchange);
        if (!request.session().confirmed()) {
            throw new Elsewhere("/confirm"
                    + then(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class), request.path()));
        }
        return request;
    }

    /** Where to come back to: only a page, never something that is done. */
    private static String then(String method, String path) {
        return method.equals("GET") && local(path).equals(path) && !path.equals("/") ? "?then=" + path : "";
    }

    /** A path of this page, else the first page: nobody is sent away to another's. */
    static String local(String path) {
        return path.matches("/[a-z0-9-]+(/[a-z0-9._-]+)*") && !path.startsWith("/sign-") && !path.startsWith("/confirm")
                ? path
                : "/";
    }

    /** A browser says where a form stood; one that says nothing is none that a person uses. */
    private void ofOurs(Message message, String host) {
        String site = header(message, "Sec-Fetch-Site");
        String origin = header(message, "Origin").toLowerCase(Locale.ROOT);
        boolean sameOrigin = publicUrl != null
                        && origin.equals(publicUrl.getScheme() + "://"
                                + publicUrl.getAuthority().toLowerCase(Locale.ROOT))
                || origin.equals("http://" + host)
                || origin.equals("https://" + host);
        if (!(site.equals("same-origin") || site.isEmpty() && sameOrigin)) {
            throw new PageProblem(
                    403,
                    "This request did not come from a page of the bridge. Open the page yourself and repeat what you did.");
        }
    }

    private static Map<String, String> form(Message message) {
        byte[] body = message.getBody(byte[].class);
        if (!header(message, "Content-Type").toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new PageProblem(415, "Only forms are accepted here.");
        }
        return fields(new String(body, StandardCharsets.US_ASCII));
    }

    private static Map<String, String> fields(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : (encoded == null ? "" : encoded).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.chars()
                    .noneMatch(c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c == 0x7f || c == 0xfffd)) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new PageProblem(400, "The address or the form contains invalid characters.");
    }

    /** Null when it is not there, or twice and thus not only ours. */
    private static String cookie(String header, String name) {
        List<String> values = List.of(header.split(";")).stream()
                .map(String::strip)
                .filter(c -> c.startsWith(name + "="))
                .map(c -> c.substring(name.length() + 1))
                .toList();
        return values.size() == 1 && values.get(0).matches("[0-9a-f]{64}") ? values.get(0) : null;
    }

    private static String header(Message message, String name) {
        return message.getHeader(name, "", String.class);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
