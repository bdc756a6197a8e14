package aiqbridge.storefront.door;

import aiqbridge.connection.StorefrontConnection;
import aiqbridge.storefront.kind.StorefrontKind;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * A webhook as it came in.
 *
 * @param headers   by their names in lower case; one that came twice is left out
 * @param mediaType the content type without its parameters, in lower case
 * @param charset   that the content type names, where there is such a one; else UTF-8
 * @param token     what stands in the webhook's address; null for none
 * @param body      the bytes as they were sent
 */
record WebhookRequest(
        StorefrontKind kind,
        StorefrontConnection connection,
        Map<String, String> headers,
        String mediaType,
        Charset charset,
        String token,
        byte[] body) {
    @Override
    public String toString() {
        return "WebhookRequest[" + connection.name() + "]";
    }
}
