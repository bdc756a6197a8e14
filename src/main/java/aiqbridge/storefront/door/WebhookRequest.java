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
 * @param early     the same as it is read, where its fields are needed to know from whom it is; else null
 */
record WebhookRequest(
        StorefrontKind kind,
        StorefrontConnection connection,
        Map<String, String> headers,
        String mediaType,
        Charset charset,
        String token,
        byte[] body,
        WebhookBody early) {
    WebhookBody read() {
        return early != null
                ? early
                : WebhookBody.of(body, charset, mediaType.equals(StorefrontKind.FORM), kind.fields());
    }

    /** The same with its body read already. */
    WebhookRequest readEarly() {
        return new WebhookRequest(kind, connection, headers, mediaType, charset, token, body, read());
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + connection.name() + "]";
    }
}
