package aiqbridge.storefront.kind;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.connection.OrderIds;
import aiqbridge.connection.StorefrontConnections;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * How a vendor's webhooks look, as {@code kind.properties} in its folder says.
 *
 * @param accepts   media types
 * @param signature how it signs; null when it does not
 * @param token     what it shows where it does not sign; null when it always signs
 * @param ping      a form that is answered 200 and not kept, unsigned; null for none
 * @param topic     where the name of the event is; null for nowhere
 * @param topics    those that tell one delivery of a body from another; null for any
 * @param delivery  what tells one delivery from another; a part that a delivery does not have is made up for by topic and digest
 * @param time      the field of a body that says when it happened, where such bodies alone tell themselves apart; null for all
 * @param untimed   what also tells bodies without it apart
 * @param headers   those that are kept with the delivery, in lower case
 * @param fields    of the body, as JSON pointers, that are looked at before it is processed
 */
public record StorefrontKind(
        String name,
        Set<String> accepts,
        Signature signature,
        Token token,
        Pattern ping,
        Part topic,
        Pattern topics,
        List<Part> delivery,
        Part time,
        List<Part> untimed,
        List<String> headers,
        Set<String> fields) {
    public static final String FILE = "kind.properties";
    public static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern FIELD = Pattern.compile("\\{body:([^{}\\s]+)}");
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha512", "HmacSHA512");
    private static final Set<String> KEYS = Set.of(
            "accepts",
            "signature.header",
            "signature.algorithm",
            "signature.prefix",
            "signature.part",
            "signature.version",
            "signature.signed",
            "signature.encoding",
            "signature.key",
            "signature.id",
            "signature.timestamp",
            "signature.tolerance",
            "token",
            "token.accepts",
            "ping",
            "topic",
            "topics",
            "delivery",
            "delivery.time",
            "delivery.untimed",
            "headers",
            "carts.made-by",
            "carts.older-than-order");

    /** What cannot be verified with a secret that both know. */
    private static final Pattern PUBLIC_KEY = Pattern.compile(
            "rsa|ecdsa|ec|es\\d+|rs\\d+|ps\\d+|ed\\d+|eddsa|jwt|jws|jwks?|md5|public|certificate|issuer");

    /**
     * An HMAC.
     *
     * @param algorithm as the JVM names it
     * @param prefix    what stands in front of the signature; empty for nothing
     * @param parts     the header holds {@code name=value}, separated by commas: the names of those that are signatures; empty when it holds none such
     * @param version   the header holds several, separated by spaces, each with its version and a comma in front; null when it holds just one
     * @param signed    what is signed: a text with {body}, {body:field}, {url}, {id} and {timestamp}
     * @param hex       written in hexadecimal, else in base64
     * @param key       how the secret becomes the key
     * @param id        where what {id} stands for is; null for nowhere
     * @param timestamp where the time of sending is, which must be within the tolerance of our clock; null for nowhere
     */
    public record Signature(
            String header,
            String algorithm,
            String prefix,
            Set<String> parts,
            String version,
            String signed,
            boolean hex,
            Key key,
            Part id,
            Part timestamp,
            Duration tolerance) {}

    /** How a secret becomes a key: as it is, with its HTML entities decoded, base64 (perhaps after whsec_) or hexadecimal decoded. */
    public enum Key {
        TEXT,
        HTML,
        BASE64,
        HEX;

        /** What WordPress decodes in a secret: wp_specialchars_decode with ENT_QUOTES. */
        private static final Pattern ENTITY = Pattern.compile(
                "&(?:(amp|#0*38|#[xX]0*26)|(lt|#0*60)|(gt|#0*62)|(quot|#0*34|#[xX]0*22)|(#0*39|#[xX]0*27));");

        private static final List<String> DECODED = List.of("&", "<", ">", "\"", "'");

        /** Null when the secret is not what the kind wants it to be. */
        public byte[] of(String secret) {
            return switch (this) {
                case TEXT -> secret.getBytes(StandardCharsets.UTF_8);
                case HTML -> ENTITY.matcher(secret).replaceAll(Key::decoded).getBytes(StandardCharsets.UTF_8);
                case HEX -> {
                    try {
                        byte[] key = HexFormat.of().parseHex(secret.strip());
                        yield key.length == 0 ? null : key;
                    } catch (IllegalArgumentException e) {
                        yield null;
                    }
                }
                case BASE64 -> {
                    try {
                        byte[] key =
                                Base64.getDecoder().decode(secret.startsWith("whsec_") ? secret.substring(6) : secret);
                        yield key.length == 0 ? null : key;
                    } catch (IllegalArgumentException e) {
                        yield null;
                    }
                }
            };
        }

        private static String decoded(MatchResult entity) {
            for (int i = 0; i < DECODED.size(); i++) {
                if (entity.group(i + 1) != null) {
                    return Matcher.quoteReplacement(DECODED.get(i));
                }
            }
            throw new IllegalStateException();
        }
    }

    /**
     * A secret that is shown as it is, on requests that carry no signature.
     *
     * @param bearer  in the header Authorization, else in the webhook's address
     * @param accepts media types that it is enough for
     */
    public record Token(boolean bearer, Set<String> accepts) {}

    /**
     * A header's value, a field of the body, the body's digest, the topic, or a part of the signature's header.
     *
     * @param name of a header in lower case; of a field as a JSON pointer
     */
    public record Part(From from, String name) {
        public enum From {
            HEADER,
            BODY,
            DIGEST,
            TOPIC,
            PART
        }

        private static Part of(String text, Path file) {
            if (text.equals("digest")) {
                return new Part(From.DIGEST, null);
            }
            if (text.equals("topic")) {
                return new Part(From.TOPIC, null);
            }
            if (text.matches("header:[A-Za-z0-9-]+")) {
                return new Part(From.HEADER, lower(text.substring(7)));
            }
            if (text.matches("body:\\S+")) {
                return new Part(From.BODY, pointer(text.substring(5)));
            }
            throw new StartRefused(
                    "The part " + text + " in " + file + " is not known.",
                    "Write header:<name>, body:<field> or body:/<JSON pointer>, digest, or topic.");
        }

        /** Of what is signed: a header by its name alone, too, or a part of the signature's header. */
        private static Part ofSignature(String key, Settings all, Path file) {
            if (!all.has(key)) {
                return null;
            }
            String text = all.text(key);
            if (text.matches("[A-Za-z0-9-]+")) {
                return new Part(From.HEADER, lower(text));
            }
            if (text.matches("part:[A-Za-z0-9_-]+")) {
                return new Part(From.PART, text.substring(5));
            }
            if (text.matches("(header|body):\\S+")) {
                return of(text, file);
            }
            throw new StartRefused(
                    "The key " + key + " = " + text + " in " + file + " is not known.",
                    "Write the name of a header, part:<name> of the signature's own header, or body:/<JSON pointer>.");
        }
    }

    /** The JSON pointer of a top-level field, or of what is one already. */
    public static String pointer(String field) {
        return field.startsWith("/") ? field : "/" + field.replace("~", "~0").replace("/", "~1");
    }

    /** Whether fields of the body must be known to tell from whom it is. */
    public boolean signsFields() {
        return signature != null
                && (signature.signed().contains("{body:")
                        || Stream.of(signature.id(), signature.timestamp())
                                .anyMatch(part -> part != null && part.from() == Part.From.BODY));
    }

    private static Set<String> fields(Part topic, List<Part> delivery, Signature signature) {
        Set<String> fields = new TreeSet<>();
        Stream.concat(delivery.stream(), Stream.of(topic == null ? new Part(Part.From.DIGEST, null) : topic))
                .filter(part -> part.from() == Part.From.BODY)
                .forEach(part -> fields.add(part.name()));
        if (signature != null) {
            Matcher signed = FIELD.matcher(signature.signed());
            while (signed.find()) {
                fields.add(pointer(signed.group(1)));
            }
            Stream.of(signature.id(), signature.timestamp())
                    .filter(part -> part != null && part.from() == Part.From.BODY)
                    .forEach(part -> fields.add(part.name()));
        }
        return fields;
    }

    /**
     * Whether a secret can be one of this kind.
     *
     * @param use {@code webhook}, {@code token} or {@code api}
     * @throws StartRefused saying what is wrong with it
     */
    public void check(String use, String secret) {
        switch (use) {
            case StorefrontSecrets.WEBHOOK -> {
                if (signature == null) {
                    throw new StartRefused(
                            "A shop of kind " + name + " does not sign.", "Perhaps you mean: --for token");
                }
                if (signature.key.of(secret) == null) {
                    throw new StartRefused(
                            "The secret is not " + (signature.key == Key.HEX ? "hexadecimal" : "base64")
                                    + ", as a shop of kind " + name + " writes it.",
                            signature.key == Key.HEX ? "Copy it again." : "Copy it again, from whsec_ to its end.");
                }
            }
            case StorefrontSecrets.TOKEN -> {
                if (token == null) {
                    throw new StartRefused(
                            "A shop of kind " + name + " sends no token: it signs.", "Perhaps you mean: --for webhook");
                }
                if (secret.length() < 16) {
                    throw new StartRefused(
                            "The token is too short and could be guessed.",
                            "At least 16 characters; --generate creates one.");
                }
            }
            case StorefrontSecrets.API -> {}
            default ->
                throw new StartRefused(
                        "A secret for " + use + " is not known.", "One of: --for webhook, --for token, --for api");
        }
        if (secret.length() > 2_000 || secret.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new StartRefused(
                    "The secret contains invalid characters or is too long.", "Copy it again from the shop.");
        }
    }

    /** @throws StartRefused naming the file and the key */
    static StorefrontKind read(String name, Path file) {
        Settings all = Settings.of(file);
        for (String key : all.asProperties().stringPropertyNames()) {
            if (key.startsWith("signature.") && PUBLIC_KEY.matcher(key).find() && !KEYS.contains(key)) {
                throw cannotBeSaid("key " + key, file);
            }
            if (!KEYS.contains(key) && !key.matches("(api|id|poll|status|watch)[.].+")) {
                throw new StartRefused(
                        "The key " + key + " in " + file + " is not known.",
                        "Known are: " + String.join(", ", KEYS.stream().sorted().toList())
                                + ", and what begins with api., id., poll., status. or watch.");
            }
        }
        StorefrontConnections.statuses(all);
        StorefrontConnections.olderCarts(all);
        patterns(all, file);
        Signature signature = signature(all, file);
        Part topic = all.has("topic") ? Part.of(all.text("topic"), file) : null;
        List<Part> delivery =
                words(all.text("delivery")).stream().map(p -> Part.of(p, file)).toList();
        Part time = all.has("delivery.time") ? Part.of(all.text("delivery.time"), file) : null;
        List<Part> untimed = time == null
                ? List.of()
                : words(all.text("delivery.untimed")).stream()
                        .map(p -> Part.of(p, file))
                        .toList();
        Pattern topics = pattern("topics", all, file);
        onlySigned(signature, topic, topics, delivery, file);
        StorefrontKind kind = new StorefrontKind(
                name,
                Set.copyOf(words(all.text("accepts"))),
                signature,
                token(all),
                pattern("ping", all, file),
                topic,
                topics,
                delivery,
                time,
                untimed,
                all.has("headers") ? words(lower(all.text("headers"))) : List.of(),
                Set.copyOf(fields(
                        topic,
                        time == null
                                ? delivery
                                : Stream.concat(delivery.stream(), Stream.of(time))
                                        .toList(),
                        signature)));
        if (!kind.fields().isEmpty() && kind.accepts().stream().noneMatch(type -> type.contains("json"))) {
            throw new StartRefused(
                    "The file " + file + " asks for a field of the body (body:), and accepts has no JSON.",
                    "Fields are read in JSON alone; of a form, use header: and digest.");
        }
        return kind;
    }

    private static void patterns(Settings all, Path file) {
        try {
            StorefrontConnections.cartsMadeBy(all);
            OrderIds.of(all);
        } catch (StartRefused e) {
            throw new StartRefused(e.sentence().replaceFirst("[.]$", "") + ", in " + file + ".", e.hint());
        }
    }

    private static Signature signature(Settings all, Path file) {
        if (!all.has("signature.header")) {
            if (!all.has("token")) {
                throw new StartRefused(
                        "The file " + file
                                + " says neither how the shop signs (signature.header) nor which token it sends instead (token).",
                        "A webhook that anybody could send is not accepted.");
            }
            return null;
        }
        String algorithm = all.has("signature.algorithm") ? lower(all.text("signature.algorithm")) : "sha256";
        if (!ALGORITHMS.containsKey(algorithm)) {
            throw cannotBeSaid("key signature.algorithm = " + algorithm, file);
        }
        String signed = all.text("signature.signed");
        Part id = Part.ofSignature("signature.id", all, file);
        Part timestamp = Part.ofSignature("signature.timestamp", all, file);
        places(signed, file);
        for (String part : List.of("id", "timestamp")) {
            if (signed.contains("{" + part + "}") && !all.has("signature." + part)) {
                throw new StartRefused(
                        "The key signature." + part + " in " + file + " is missing: " + part + " is signed.",
                        "It names the header, for example: signature." + part + " = webhook-" + part);
            }
        }
        if (!signed.contains("{body}") && !signed.contains("{body:")) {
            throw new StartRefused(
                    "The key signature.signed in " + file + " leaves out {body}.",
                    "For example: signature.signed = {body}");
        }
        if (timestamp != null && !isSigned(timestamp, signed)) {
            throw new StartRefused(
                    "The key signature.timestamp in " + file
                            + " names a time that is not signed: anybody could change it.",
                    "Write {timestamp} in signature.signed where the shop signs it, or leave both signature.timestamp and signature.tolerance out.");
        }
        Set<String> parts = all.has("signature.part") ? Set.copyOf(words(all.text("signature.part"))) : Set.of();
        if (parts.isEmpty() && (isPart(id) || isPart(timestamp)) || !parts.isEmpty() && all.has("signature.version")) {
            throw new StartRefused(
                    "The key signature.part in " + file + " does not fit the others.",
                    "signature.part names the signature in a header like t=…,v1=…, for example: signature.part = v1; then there is no signature.version, and only then part:<name>.");
        }
        return new Signature(
                lower(all.text("signature.header")),
                ALGORITHMS.get(algorithm),
                all.has("signature.prefix") ? all.text("signature.prefix") : "",
                parts,
                all.has("signature.version") ? all.text("signature.version") : null,
                signed,
                all.oneOf("signature.encoding", "base64", "hex").equals("hex"),
                Key.valueOf(all.oneOf("signature.key", "text", "html", "base64", "hex")
                        .toUpperCase(Locale.ROOT)),
                id,
                timestamp,
                timestamp != null ? all.duration("signature.tolerance") : null);
    }

    private static boolean isPart(Part part) {
        return part != null && part.from() == Part.From.PART;
    }

    private static boolean isSigned(Part timestamp, String signed) {
        return signed.contains("{timestamp}")
                || timestamp.from() == Part.From.BODY
                        && (signed.contains("{body}")
                                || FIELD.matcher(signed).results().anyMatch(f -> pointer(f.group(1))
                                        .equals(timestamp.name())));
    }

    private static void places(String signed, Path file) {
        Matcher place = Pattern.compile("\\{[^{}]*}").matcher(signed);
        while (place.find()) {
            if (!place.group().matches("\\{(body|url|id|timestamp)}")
                    && !FIELD.matcher(place.group()).matches()) {
                throw new StartRefused(
                        "The key signature.signed in " + file + " has " + place.group() + ", which is not known.",
                        "Known are {body}, {body:/<JSON pointer>}, {url}, {id} and {timestamp}.");
            }
        }
    }

    private static StartRefused cannotBeSaid(String what, Path file) {
        return new StartRefused(
                "The " + what + " in " + file
                        + " cannot be used: signatures with a public key (RSA, ECDSA, Ed25519), JWTs and plain hashes are not verified here.",
                "signature.algorithm is one of sha1, sha256, sha512: HMACs with a secret. Let such webhooks pass through something that verifies them and signs anew, for example for the kind generic; or ask the shop alone (poll.ask).");
    }

    private static Token token(Settings all) {
        return all.has("token")
                ? new Token(
                        all.oneOf("token", "bearer", "address").equals("bearer"),
                        Set.copyOf(words(all.text("token.accepts"))))
                : null;
    }

    private static Pattern pattern(String key, Settings all, Path file) {
        try {
            return all.has(key) ? Pattern.compile(all.text(key)) : null;
        } catch (PatternSyntaxException e) {
            throw new StartRefused(
                    "The key " + key + " in " + file + " is not a pattern.",
                    key.equals("ping")
                            ? "For example: ping = webhook_id=[0-9]+"
                            : "For example: topics = orders/(create|updated)");
        }
    }

    /** What anybody can write anew on a body that was caught tells no delivery from another. */
    private static void onlySigned(Signature signature, Part topic, Pattern topics, List<Part> delivery, Path file) {
        for (Part part : delivery) {
            boolean header = part.from() == Part.From.HEADER;
            if (signature != null
                    && header
                    && !(part.equals(signature.id()) && signature.signed().contains("{id}"))) {
                throw new StartRefused(
                        "The key delivery in " + file + " names the header " + part.name()
                                + ", which is not signed: anybody could send a body that they caught again under another.",
                        "Write delivery = digest, or delivery = topic digest where the same body has several meanings.");
            }
            if (signature != null
                    && part.from() == Part.From.TOPIC
                    && topics == null
                    && topic != null
                    && topic.from() == Part.From.HEADER) {
                throw new StartRefused(
                        "The key topics in " + file
                                + " is missing: the topic is not signed, and anybody could make one up.",
                        "It is a pattern of the topics that count, for example: topics = orders/(create|updated)");
            }
        }
    }

    private static List<String> words(String text) {
        return Stream.of(text.trim().split("\\s+")).toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
