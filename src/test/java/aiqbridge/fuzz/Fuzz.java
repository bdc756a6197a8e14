package aiqbridge.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What strangers send, made of a seed: the n-th input of a run has the run's seed and n, so that {@code -Dfuzz.seed} with the printed one and {@code -Dfuzz.inputs=1} repeats it alone.
 * {@code -Dfuzz.inputs} says how many of each kind; without it the short form of {@code verify}.
 */
final class Fuzz {
    static final long SEED = Long.getLong("fuzz.seed", 20261129);

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1",
            "-1",
            "1.0",
            "01",
            "+1",
            "0x10",
            "1e2",
            "1e400",
            "-1e400",
            "1e999999999",
            "1e-999999999",
            "-1e999999999",
            "1e2147483648",
            "1000e2147483647",
            "1000e-2147483647",
            "1e99999999999",
            "1e-99999999999",
            "0e999999999",
            "0.00000000000000000000000000000000000001",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "9007199254740993",
            "10000000.001",
            "9".repeat(40),
            "9".repeat(400),
            "0." + "3".repeat(400),
            "1" + "0".repeat(5_000),
            "NaN",
            "Infinity",
            "-Infinity",
            ".5",
            "5.",
            "1_000",
            "1,5",
            "253402300800",
            "1764450000",
            "1764450000000");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "true",
            "'",
            "''",
            "'{}'",
            "\"",
            "a'b\"c",
            "${body}",
            "${bean:clock?method=millis}",
            "${sys.user.home}",
            "{{aiq.base-url}}",
            "#{1+1}",
            "$simple{1}",
            "../../etc/passwd",
            "..;/",
            "%00",
            "%2e%2e%2f",
            "%c0%ae",
            "%0d%0aX: y",
            "%",
            "%zz",
            "\r\nX: y",
            "\n",
            "\t",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\ufffd",
            "\ud800",
            "\udc00\ud800",
            "é漢🎁",
            "İıſK",
            "a\u0301".repeat(40),
            "'; drop table redemption; --",
            "<script>alert(1)</script>",
            "=1+1",
            "@SUM(1)",
            "5555550100",
            "(555) 555-0100",
            "+1 555 555 0100",
            "ada@example.com",
            "c-1",
            "2026-11-29T20:00:00Z",
            "2026-11-01T01:30:00",
            "+1000000000-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "Sun, 29 Nov 2026 20:00:00 GMT",
            "Sun, 29 Nov 9999 99:00:00 +9999",
            "1.234,50 €",
            "-(12.3)",
            "x".repeat(300),
            "x".repeat(70_000),
            "(".repeat(3_000),
            "1 ".repeat(2_000),
            "<".repeat(5_000),
            "&#".repeat(3_000));

    final long seed;
    final Random random;

    Fuzz(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** How many inputs of one kind. */
    static int inputs(int inVerify) {
        return Integer.getInteger("fuzz.inputs", inVerify);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int end) {
        return random.nextInt(end);
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String number() {
        return chance(70) ? one(NUMBERS) : Long.toString(random.nextLong() >> random.nextInt(63));
    }

    String text() {
        return switch (below(6)) {
            case 0 -> noise(1 + below(40));
            case 1 -> one(TEXTS) + one(TEXTS);
            case 2 -> number();
            default -> one(TEXTS);
        };
    }

    private String noise(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> Character.toString(
                        chance(80) ? 0x20 + below(0x5f) : chance(80) ? below(0x3000) : below(0x10ffff)))
                .collect(Collectors.joining());
    }

    /** Mostly good JSON. */
    String json(int depth) {
        return switch (depth <= 0 ? below(5) : below(8)) {
            case 0 -> number();
            case 1, 2 -> quoted(text());
            case 3 ->
                one("true", "false", "null", "", "nul", "undefined", "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "'x'");
            case 4 -> one("[]", "{}", "[[]]", "{\"a\":1,\"a\":2}", "[".repeat(2_000), "{\"a\":".repeat(60));
            case 5 ->
                IntStream.range(0, below(4)).mapToObj(i -> json(depth - 1)).collect(Collectors.joining(",", "[", "]"));
            default -> object(depth, List.of("id", "a", "phone", "type"));
        };
    }

    /** An object of some of these fields. */
    String object(int depth, List<String> names) {
        return IntStream.range(0, 1 + below(5))
                .mapToObj(i -> (chance(95) ? quoted(one(names)) : quoted(text())) + ":" + json(depth - 1))
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20 || c >= 0xd800 && c < 0xe000) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /** The same with some of its values replaced, whatever it is. */
    String bent(String json) {
        String bent = json;
        for (int i = 1 + below(3); i > 0; i--) {
            bent = switch (below(6)) {
                case 0, 1, 2 -> swapped(bent);
                case 3 -> new String(mutated(bent.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
                case 4 -> bent.substring(0, below(bent.length() + 1));
                default -> bent.replaceFirst("[:,]", one(":[", ",{", ":{\"a\":", "::", ",,"));
            };
        }
        return bent;
    }

    /** One value of it is another. */
    private String swapped(String json) {
        List<Integer> colons = IntStream.range(0, json.length())
                .filter(i -> json.charAt(i) == ':')
                .boxed()
                .toList();
        if (colons.isEmpty()) {
            return json(2);
        }
        int from = one(colons) + 1;
        int to = from;
        boolean text = false;
        while (to < json.length() && (text || ",}]".indexOf(json.charAt(to)) < 0)) {
            text ^= json.charAt(to) == '"';
            to++;
        }
        return json.substring(0, from) + json(1) + json.substring(to);
    }

    byte[] mutated(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = 1 + below(4); i > 0 && bytes.length > 0; i--) {
            int at = below(bytes.length);
            switch (below(5)) {
                case 0 -> bytes[at] = (byte) below(256);
                case 1 -> bytes[at] ^= (byte) (1 << below(8));
                case 2 -> bytes = spliced(bytes, at, new byte[0], Math.min(bytes.length - at, 1 + below(8)));
                case 3 -> bytes = spliced(bytes, at, text().getBytes(StandardCharsets.UTF_8), 0);
                default ->
                    bytes = spliced(bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 20)), 0);
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] in, int out) {
        byte[] spliced = new byte[bytes.length + in.length - out];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(in, 0, spliced, at, in.length);
        System.arraycopy(bytes, at + out, spliced, at + in.length, bytes.length - at - out);
        return spliced;
    }

    /** Percent-encoded here and there. */
    String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(
                    b > 0x20 && b < 0x7f && chance(80) ? Character.toString(b) : String.format("%%%02x", b & 0xff));
        }
        return encoded.toString();
    }
}
