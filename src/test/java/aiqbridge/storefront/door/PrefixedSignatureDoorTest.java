package aiqbridge.storefront.door;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A kind that signs as GitHub did and AfterShip Returns does: the algorithm's name before the signature; here with SHA-1. */
class PrefixedSignatureDoorTest extends StorefrontContract {
    @Override
    String kind() {
        return "prefixed";
    }

    @Override
    String properties() {
        return """
            accepts = application/json
            signature.header = X-Hub-Signature
            signature.algorithm = sha1
            signature.prefix = sha1=
            signature.signed = {body}
            signature.encoding = hex
            signature.key = text
            topic = header:X-Event
            delivery = digest
            """;
    }

    @Override
    String secret(int number) {
        return "a-secret-of-the-shop-" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of("X-Hub-Signature", "sha1=" + signature("HmacSHA1", webhook), "X-Delivery", webhook.id);
    }

    private static String signature(String algorithm, Webhook webhook) {
        return Webhook.hex(Webhook.hmacOf(algorithm, webhook.secret.getBytes(), webhook.body));
    }

    @Override
    String body(int number) {
        return "{\"id\":\"e-" + number + "\"}";
    }

    @Test
    void no_other_algorithm_and_nothing_without_its_name_is_good() {
        Webhook one = valid(1);
        for (String header : List.of(
                signature("HmacSHA1", one),
                "sha256=" + signature("HmacSHA1", one),
                "sha1=" + signature("HmacSHA256", one),
                "SHA1=" + signature("HmacSHA1", one),
                "sha1=sha1=" + signature("HmacSHA1", one))) {
            refuses(401, "signature-wrong", one.withHeader("X-Hub-Signature", header));
        }
        accepts(one);
    }
}
