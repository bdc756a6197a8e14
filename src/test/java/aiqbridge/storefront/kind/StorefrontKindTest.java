package aiqbridge.storefront.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        refuses("cookie:x", good.replace("= digest", "= cookie:x"));
        refuses("ping", good + "ping = [\n");
        refuses("token", good + "token = cookie\n");
        refuses("token.accepts", good + "token = bearer\n");
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
