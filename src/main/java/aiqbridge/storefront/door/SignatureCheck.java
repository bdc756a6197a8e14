package aiqbridge.storefront.door;

import aiqbridge.account.StorefrontSecrets;
import aiqbridge.privacy.Secret;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.storefront.kind.StorefrontKind.Part;
import aiqbridge.storefront.kind.StorefrontKind.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether a webhook comes from whom it says: signed with, or showing, any secret of its connection that is good now. The bytes as they came are looked at, in constant time. */
public final class SignatureCheck {
    /** STALE: rightly signed, but not now. */
    public enum Verdict {
        GOOD,
        WRONG,
        STALE
    }

    private static final Pattern PLACE = Pattern.compile("\\{(?:(body|url|id|timestamp)|body:([^{}\\s]+))}");
    private final StorefrontSecrets secrets;
    private final Clock clock;

    public SignatureCheck(StorefrontSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A request that carries a signature is judged by that alone; one that carries none by its token, where the kind allows one. */
    Verdict verdict(WebhookRequest request) {
        Signature signature = request.kind().signature();
        if (signature != null && request.headers().containsKey(signature.header())) {
            return !signed(request, signature)
                    ? Verdict.WRONG
                    : fresh(part(signature.timestamp(), request), signature) ? Verdict.GOOD : Verdict.STALE;
        }
        return request.kind().token() != null
                        && request.kind().token().accepts().contains(request.mediaType())
                        && shown(request)
                ? Verdict.GOOD
                : Verdict.WRONG;
    }

    private boolean signed(WebhookRequest request, Signature signature) {
        List<byte[]> given = given(request.headers().get(signature.header()), signature);
        boolean signed = false;
        for (Secret secret : secrets.good(request.connection().name(), StorefrontSecrets.WEBHOOK)) {
            byte[] key = signature.key().of(secret.plain());
            byte[] right = key == null ? null : hmac(key, request, signature);
            for (byte[] one : given) {
                signed |= right != null && MessageDigest.isEqual(right, one);
            }
        }
        return signed;
    }

    private boolean shown(WebhookRequest request) {
        String authorization = request.headers().getOrDefault("authorization", "");
        String token = request.kind().token().bearer()
                ? authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                        ? authorization.substring(7).trim()
                        : null
                : request.token();
        boolean shown = false;
        for (Secret secret : secrets.good(request.connection().name(), StorefrontSecrets.TOKEN)) {
            shown |= token != null
                    && MessageDigest.isEqual(
                            secret.plain().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        }
        return shown;
    }

    /** The signatures in the header that can be read; those of another version are not ours to judge. */
    private static List<byte[]> given(String header, Signature signature) {
        List<byte[]> all = new ArrayList<>();
        for (String one : written(header, signature)) {
            if (one.startsWith(signature.prefix())) {
                String text = one.substring(signature.prefix().length());
                try {
                    all.add(
                            signature.hex()
                                    ? HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT))
                                    : Base64.getDecoder().decode(text));
                } catch (IllegalArgumentException e) {
                    // what cannot be read is no signature
                }
            }
        }
        return all;
    }

    private static List<String> written(String header, Signature signature) {
        if (!signature.parts().isEmpty()) {
            return parts(header).stream()
                    .filter(part -> signature.parts().contains(part.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
        return signature.version() == null
                ? List.of(header.trim())
                : Stream.of(header.split(" "))
                        .filter(one -> one.startsWith(signature.version() + ","))
                        .map(one -> one.substring(signature.version().length() + 1))
                        .toList();
    }

    /** Of a header like {@code t=1,v1=ab,v1=cd}, in their order. */
    private static List<Map.Entry<String, String>> parts(String header) {
        return Stream.of(header.split(","))
                .map(part -> part.trim().split("=", 2))
                .filter(part -> part.length == 2)
                .map(part -> Map.entry(part[0], part[1]))
                .toList();
    }

    /** Null when something that is signed is missing. */
    private static byte[] hmac(byte[] key, WebhookRequest request, Signature signature) {
        try {
            Mac mac = Mac.getInstance(signature.algorithm());
            mac.init(new SecretKeySpec(key, signature.algorithm()));
            Matcher place = PLACE.matcher(signature.signed());
            int done = 0;
            while (place.find()) {
                mac.update(bytes(signature.signed().substring(done, place.start())));
                done = place.end();
                byte[] part =
                        switch (String.valueOf(place.group(1))) {
                            case "body" -> request.body();
                            case "url" -> bytes(request.connection().publicUrl().toString());
                            case "id" -> bytes(part(signature.id(), request));
                            case "timestamp" -> bytes(part(signature.timestamp(), request));
                            default -> bytes(request.read().fields().get(StorefrontKind.pointer(place.group(2))));
                        };
                if (part == null) {
                    return null;
                }
                mac.update(part);
            }
            mac.update(bytes(signature.signed().substring(done)));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was sent there; null for nothing, and where it was sent twice. */
    private static String part(Part part, WebhookRequest request) {
        if (part == null) {
            return null;
        }
        return switch (part.from()) {
            case HEADER -> request.headers().get(part.name());
            case BODY -> request.read().fields().get(part.name());
            case DIGEST, TOPIC -> null;
            case PART -> {
                List<String> found = parts(
                                request.headers().get(request.kind().signature().header()))
                        .stream()
                        .filter(one -> one.getKey().equals(part.name()))
                        .map(Map.Entry::getValue)
                        .toList();
                yield found.size() == 1 ? found.get(0) : null;
            }
        };
    }

    private boolean fresh(String timestamp, Signature signature) {
        if (signature.timestamp() == null) {
            return true;
        }
        Long at = millis(timestamp);
        return at != null
                && Math.abs(clock.millis() - at) <= signature.tolerance().toMillis();
    }

    /** Epoch seconds, epoch milliseconds or ISO 8601; null for anything else. */
    private static Long millis(String timestamp) {
        if (timestamp == null || timestamp.matches("\\d{1,11}")) {
            return timestamp == null ? null : Long.parseLong(timestamp) * 1_000;
        }
        try {
            return timestamp.matches("\\d{12,14}")
                    ? Long.parseLong(timestamp)
                    : timestamp.endsWith("Z")
                            ? Instant.parse(timestamp).toEpochMilli()
                            : OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
