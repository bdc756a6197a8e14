package aiqbridge.check;

import aiqbridge.StartRefused;
import aiqbridge.account.Secrets;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnection.Model;
import aiqbridge.storefront.kind.KindApi;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.storefront.mapping.StorefrontEvents;
import java.nio.file.Path;

/** Looks at one storefront: is it known how its webhooks are verified, and can its API be asked for its orders. */
final class ShopCheck {
    private final Path home;
    private final StorefrontConnection shop;
    private final StorefrontSecrets secrets;
    private final TlsCheck tls;
    private final Findings findings;

    /** @param tls null where nobody is called */
    ShopCheck(Path home, StorefrontConnection shop, StorefrontSecrets secrets, TlsCheck tls, Findings findings) {
        this.home = home;
        this.shop = shop;
        this.secrets = secrets;
        this.tls = tls;
        this.findings = findings;
    }

    /** @throws StartRefused naming the file and the key or the line, when it cannot be read or its mapping cannot be compiled */
    static StorefrontKind kind(Path home, String name) {
        StorefrontKind kind = StorefrontKinds.read(home).get(name);
        StorefrontEvents.check(home.resolve("routes/storefront").resolve(name));
        return kind;
    }

    /** By what it is judged whether an order stands. */
    private void orders() {
        KindApi api = StorefrontKinds.read(home).api(shop.kind());
        String then = shop.model() == Model.IMMEDIATE
                ? ": where they tell of none, the points go back"
                : ": one whose webhook is lost stays unknown";
        if (api.polls().isEmpty()) {
            findings.ok("only its webhooks tell of its orders" + then);
        } else if (shop.apiUrl() == null) {
            findings.warn(
                    "only its webhooks tell of its orders" + then,
                    "Set api.url in its file, if it has an API: then it is asked for what was missed.");
        } else {
            findings.ok(
                    api.complete()
                            ? "it is asked for its orders"
                            : "it is asked for some of its orders; of the others only its webhooks tell" + then);
        }
    }

    void run() {
        StorefrontKind kind;
        try {
            kind = kind(home, shop.kind());
        } catch (StartRefused e) {
            findings.fail(e.sentence(), e.hint());
            return;
        }
        try {
            boolean signs = kind.signature() != null
                    && !secrets.good(shop.name(), StorefrontSecrets.WEBHOOK).isEmpty();
            boolean shows = kind.token() != null
                    && !secrets.good(shop.name(), StorefrontSecrets.TOKEN).isEmpty();
            if (signs || shows) {
                findings.ok("its webhooks can be verified");
            } else {
                findings.warn(
                        "it has no secret: all of its webhooks are refused",
                        "aiq-bridge secrets add " + shop.name() + (kind.signature() == null ? " --for token" : ""));
            }
            orders();
            if (shop.apiUrl() == null) {
                return;
            }
            if (secrets.good(shop.name(), StorefrontSecrets.API).isEmpty()) {
                findings.warn(
                        "its API cannot be asked for missed events: there is no token for it",
                        "aiq-bridge secrets add " + shop.name() + " --for api");
            } else {
                findings.ok("there is a token for its API");
            }
            if (tls != null) {
                tls.run(shop.apiUrl());
            }
        } catch (Secrets.NotOurs e) {
            findings.fail(
                    "a stored secret cannot be decrypted with this key file",
                    "Restore the key file from the backup, or enter the secrets again: aiq-bridge secrets add "
                            + shop.name());
        }
    }
}
