package aiqbridge.storefront.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook as a shop would send it; what a test changes about it is signed unless the test says otherwise. */
public final class Webhook {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Signer signer;
    public final String secret;
    public final String id;
    public final Instant at;
    public final byte[] body;
    private final String contentType;
    private final Map<String, String> more;
    private final byte[] changedTo;
    private final String query;

    /** Signs as one kind of shop does: the headers that it sends with this webhook. */
    public interface Signer {
        Map<String, String> headers(Webhook webhook);
    }

    private Webhook(
            Signer signer,
            String secret,
            String id,
            Instant at,
            byte[] body,
            String contentType,
            Map<String, String> more,
            byte[] changedTo,
            String query) {
        this.signer = signer;
        this.secret = secret;
        this.id = id;
        this.at = at;
        this.body = body;
        this.contentType = contentType;
        this.more = more;
        this.changedTo = changedTo;
        this.query = query;
    }

    public static Webhook valid(Signer signer, String secret, String id, Instant at, String body) {
        return new Webhook(
                signer, secret, id, at, body.getBytes(StandardCharsets.UTF_8), "application/json", Map.of(), null, "");
    }

    Webhook signedWith(String other) {
        return new Webhook(signer, other, id, at, body, contentType, more, changedTo, query);
    }

    /** The sender's clock, or a delivery that was caught and is sent again. */
    Webhook signedAt(Instant other) {
        return new Webhook(signer, secret, id, other, body, contentType, more, changedTo, query);
    }

    Webhook withId(String other) {
        return new Webhook(signer, secret, other, at, body, contentType, more, changedTo, query);
    }

    Webhook withBody(String other) {
        return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    Webhook withBody(byte[] other) {
        return new Webhook(signer, secret, id, at, other, contentType, more, changedTo, query);
    }

    /** After it was signed. */
    Webhook changedTo(String other) {
        return new Webhook(
                signer, secret, id, at, body, contentType, more, other.getBytes(StandardCharsets.UTF_8), query);
    }

    /** Null for none. */
    Webhook withContentType(String other) {
        return new Webhook(signer, secret, id, at, body, other, more, changedTo, query);
    }

    /** Null takes the header away. */
    Webhook withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Webhook(signer, secret, id, at, body, contentType, all, changedTo, query);
    }

    Webhook withoutSignature() {
        return new Webhook(w -> Map.of(), secret, id, at, body, contentType, more, changedTo, query);
    }

    Webhook withQuery(String other) {
        return new Webhook(signer, secret, id, at, body, contentType, more, changedTo, other);
    }

    public HttpResponse<String> to(int port, String path) {
        Map<String, String> headers = new LinkedHashMap<>(signer.headers(this));
        headers.put("Content-Type", contentType);
        headers.putAll(more);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + query))
                .POST(HttpRequest.BodyPublishers.ofByteArray(changedTo == null ? body : changedTo));
        headers.forEach((name, value) -> {
            if (value != null) {
                request.header(name, value);
            }
        });
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // what the signers need

    /** Of the parts in turn, each text or bytes. */
    public static byte[] hmac(byte[] key, Object... parts) {
        return hmacOf("HmacSHA256", key, parts);
    }

    static byte[] hmacOf(String algorithm, byte[] key, Object... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (Object part : parts) {
                mac.update(
                        part instanceof byte[] bytes ? bytes : part.toString().getBytes(StandardCharsets.UTF_8));
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] hmac(String key, Object... parts) {
        return hmac(key.getBytes(StandardCharsets.UTF_8), parts);
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
