package aiqbridge.storefront.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind is described by one file, and a file that says too little or something wrong refuses the start. */
class StorefrontKindTest {
    @TempDir
    Path folder;

    private StorefrontKind read(String text) throws IOException {
        Path file = folder.resolve(StorefrontKind.FILE);
        Files.writeString(file, text);
        return StorefrontKind.read("new-shop", file);
    }

    private void refuses(String key, String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(key)
                .hasMessageContaining("Hint:");
    }

    @Test
    void what_is_missing_or_misspelt_is_named() {
        String good =
                "accepts = application/json\nsignature.header = X-Sign\nsignature.signed = {body}\nsignature.encoding = hex\nsignature.key = text\ndelivery = digest\n";
        assertThatCode(() -> read(good + "api.url = x\npoll.path = y\n")).doesNotThrowAnyException();
        for (String line : good.split("\n")) {
            String key = line.replaceFirst(" =.*", "");
            refuses(key, good.replace(line + "\n", ""));
        }
        refuses("signatur.header", good + "signatur.header = x\n");
        refuses("signature.key", good.replace("= text", "= rot13"));
        refuses("signature.encoding", good.replace("= hex", "= base32"));
        refuses("{body}", good.replace("{body}", "{url}"));
        refuses("signature.timestamp", good.replace("{body}", "{timestamp}.{body}"));
        refuses("signature.id", good.replace("{body}", "{id}.{body}"));
        refuses("signature.tolerance", good + "signature.timestamp = x\n");
        refuses("x-id, which is not signed", good.replace("= digest", "= header:X-Id digest"));
        refuses("topics", good.replace("= digest", "= topic digest") + "topic = header:X-Topic\n");
        refuses("topics", good.replace("= digest", "= topic digest") + "topic = header:X-Topic\ntopics = (\n");
        refuses("delivery.untimed", good + "delivery.time = body:at\n");
        refuses("cookie:x", good.replace("= digest", "= cookie:x"));
        refuses("ping", good + "ping = [\n");
        refuses("carts.made-by is not a pattern, in " + folder, good + "carts.made-by = (web\n");
        refuses("carts.made-bi", good + "carts.made-bi = web\n");
        refuses("token", good + "token = cookie\n");
        refuses("token.accepts", good + "token = bearer\n");
    }

    private static final String GOOD =
            "accepts = application/json\nsignature.header = X-Sign\nsignature.signed = {body}\nsignature.encoding = hex\nsignature.key = text\ndelivery = digest\n";

    @Test
    void what_cannot_be_verified_here_is_refused_by_name() {
        for (String line : List.of(
                "signature.algorithm = rsa-sha256",
                "signature.algorithm = ES256",
                "signature.algorithm = ed25519",
                "signature.algorithm = jwt",
                "signature.algorithm = md5",
                "signature.algorithm = sha384",
                "signature.public-key = x",
                "signature.certificate = x",
                "signature.jwks = x")) {
            refuses(line.replaceFirst(" = .*", ""), GOOD + line + "\n");
            refuses("public key", GOOD + line + "\n");
        }
    }

    @Test
    void what_would_refuse_every_webhook_is_refused_itself() {
        String timed = "signature.tolerance = 5m\n";
        refuses("{timestmp}", GOOD.replace("{body}", "{timestmp}.{body}"));
        refuses("{body.id}", GOOD.replace("{body}", "{body.id}"));
        refuses("{header:x}", GOOD.replace("{body}", "{header:x}{body}"));
        refuses("{}", GOOD.replace("{body}", "{}{body}"));
        refuses("signature.timestamp", GOOD + timed + "signature.timestamp = X-Time\n");
        refuses("signature.timestamp", GOOD + timed + "signature.timestamp = cookie:x\n");
        refuses(
                "signature.timestamp",
                GOOD.replace("{body}", "{body:/id}") + timed + "signature.timestamp = body:/at\n");
        refuses(
                "signature.part",
                GOOD.replace("{body}", "{timestamp}.{body}") + timed + "signature.timestamp = part:t\n");
        refuses("signature.part", GOOD + "signature.part = v1\nsignature.version = v1\n");
        refuses(
                "body:",
                GOOD.replace("application/json", "application/x-www-form-urlencoded")
                        .replace("= digest", "= body:id"));
        for (String good : List.of(
                GOOD + timed + "signature.timestamp = body:/at\n",
                GOOD.replace("{body}", "{body:at}.{body:/a/id}") + timed + "signature.timestamp = body:/at\n",
                GOOD.replace("{body}", "{timestamp}{body}") + timed + "signature.timestamp = header:X-Time\n",
                GOOD.replace("{body}", "{timestamp}{id}{body}") + timed
                        + "signature.timestamp = part:t\nsignature.part = v1 v2\nsignature.id = body:/id\nsignature.prefix = x=\n")) {
            assertThatCode(() -> read(good)).as(good).doesNotThrowAnyException();
        }
    }

    private void refusesApi(String key, String text) throws IOException {
        Files.writeString(folder.resolve(StorefrontKind.FILE), text);
        assertThatThrownBy(() -> KindApi.read(folder))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(key)
                .hasMessageContaining("Hint:");
    }

    @Test
    void a_way_of_asking_that_cannot_work_is_refused() throws IOException {
        String list =
                "poll.ask = orders\npoll.orders.path = /orders\npoll.orders.query = since={since}&page={page}\npoll.orders.size = 9\npoll.orders.changed = /updated\npoll.orders.topic = order\n";
        Files.writeString(folder.resolve(StorefrontKind.FILE), list);
        assertThatCode(() -> KindApi.read(folder)).doesNotThrowAnyException();
        refusesApi("{sinc}", list.replace("{since}", "{sinc}"));
        refusesApi("{skip}", list.replace("{page}", "{skip}"));
        refusesApi("poll.orders.changed", list.replace("/updated", "updated"));
        refusesApi("poll.orders.items", list + "poll.orders.items = items\n");
        refusesApi("poll.orders.next", list + "poll.orders.cursor = /next\n");
        refusesApi("poll.orders.cursor", list + "poll.orders.cursor = next\npoll.orders.next = c={cursor}\n");
        refusesApi("{page}", list + "poll.orders.next = page={page}\n");
        refusesApi("poll.orders.method", list + "poll.orders.method = POST\n");
        refusesApi("{id}", "api.order = /orders\n");
        refusesApi("{order}", "api.order = /orders/{order}\n");
    }

    @Test
    void every_kind_that_is_shipped_can_be_read() {
        StorefrontKinds kinds = StorefrontKinds.read(Path.of(""));
        for (String kind : new String[] {"woocommerce", "shopify", "bigcommerce", "square", "jane", "generic"}) {
            assertThat(kinds.find(kind)).as(kind).isPresent();
        }
    }

    @Test
    void a_secret_that_cannot_be_one_is_refused_when_it_is_entered() {
        StorefrontKinds kinds = StorefrontKinds.read(Path.of(""));
        for (Map.Entry<String, String[]> wrong : Map.of(
                        "generic",
                        new String[] {"webhook", "whsec_not base64"},
                        "shopify",
                        new String[] {"token", "0123456789abcdef"},
                        "woocommerce",
                        new String[] {"token", "tiny"},
                        "jane",
                        new String[] {"wehook", "x"},
                        "square",
                        new String[] {"api", "a\nb"})
                .entrySet()) {
            assertThatThrownBy(() -> kinds.get(wrong.getKey()).check(wrong.getValue()[0], wrong.getValue()[1]))
                    .as(wrong.getKey())
                    .isInstanceOf(StartRefused.class)
                    .hasMessageNotContaining(wrong.getValue()[1] + " ");
        }
        kinds.get("generic").check("webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        kinds.get("woocommerce").check("webhook", "a b&amp;c");
        kinds.get("jane").check("token", "0123456789abcdef");
    }
}
