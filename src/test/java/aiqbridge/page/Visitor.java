package aiqbridge.page;

import aiqbridge.TestBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A person with a browser, as far as HTTP goes: keeps the cookie, sends forms from the page's own address, follows nothing by itself. */
public final class Visitor {
    public static final String PASSWORD = "green leaves in autumn";
    /** A tenth of a second of CPU for each password is for those who guess, not for tests. */
    private static final BCryptPasswordEncoder QUICK = new BCryptPasswordEncoder(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private TestBridge bridge;
    private String cookie;
    private String csrf = "";

    public Visitor(TestBridge bridge) {
        this.bridge = bridge;
    }

    /** The first user, signed in. */
    public static Visitor signedIn(TestBridge bridge) {
        return signedIn(bridge, PageUsers.FIRST, Role.OWNER);
    }

    /** A new user, signed in. */
    public static Visitor signedIn(TestBridge bridge, String user, Role role) {
        bridge.bridge().pageUsers().add(user, role);
        bridge.rows.update("update page_user set password_hash = ? where user_name = ?", QUICK.encode(PASSWORD), user);
        Visitor visitor = new Visitor(bridge);
        visitor.signsIn(user, PASSWORD);
        visitor.get("/");
        return visitor;
    }

    public Answer setsPassword(String code) {
        return post("/first-password", "code", code, "password", PASSWORD, "again", PASSWORD);
    }

    public Answer signsIn(String user, String password) {
        return post("/sign-in", "user", user, "password", password);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** A form with this session's token, from a page of ours. */
    public Answer post(String path, String... fields) {
        return send(
                "POST",
                path,
                form(fields),
                "Origin",
                "http://127.0.0.1:" + bridge.port,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    public String form(String... fields) {
        List<String> pairs = new ArrayList<>(List.of("csrf=" + csrf));
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(URLEncoder.encode(fields[i], StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }

    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridge.port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> got = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            got.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.replaceFirst(";.*$", ""));
            Matcher token =
                    Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"").matcher(got.body());
            if (token.find()) {
                csrf = token.group(1);
            }
            return new Answer(got.statusCode(), got.body(), got.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The bridge was started again. */
    public void movesTo(TestBridge bridge) {
        this.bridge = bridge;
    }

    public String cookie() {
        return cookie;
    }

    public void cookie(String other) {
        cookie = other;
    }

    public record Answer(int status, String body, Map<String, List<String>> headers) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(h -> h.getKey().equalsIgnoreCase(name))
                    .map(h -> h.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }

        public String location() {
            return header("Location");
        }
    }
}
