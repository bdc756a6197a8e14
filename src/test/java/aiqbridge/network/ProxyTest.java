package aiqbridge.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.EverythingLogged;
import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AIQ and shops behind a site's proxy, and behind its own authority: what reaches them, and what certainly did not. */
class ProxyTest {
    private static final String PASSWORD = "open:sesame-ü";
    private static final String TUNNEL = "CONNECT aiq.example:443 HTTP/1.1";

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    private static PrivateCa ca;
    private TlsAiq aiq;
    private SiteProxy proxy;

    @BeforeAll
    static void authority() {
        ca = new PrivateCa(certificates, "site")
                .signs("aiq", "aiq.example")
                .signs("address", "127.0.0.2")
                .signs("expired", "aiq.example", "-startdate", "-10d", "-validity", "3");
    }

    @BeforeEach
    void listen() {
        listen("aiq");
    }

    private void listen(String certificate) {
        close();
        aiq = new TlsAiq(ca.server(certificate), "https://aiq.example");
        proxy = new SiteProxy(aiq.port(), "bridge", PASSWORD);
    }

    @AfterEach
    void close() {
        if (aiq != null) {
            proxy.close();
            aiq.close();
        }
    }

    private Shop shop(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "aiq.base-url",
                "https://aiq.example",
                "network.proxy",
                proxy.url(),
                "network.proxy-username",
                "bridge",
                Settings.PROXY_PASSWORD,
                PASSWORD,
                "network.ca-file",
                ca.file().toString(),
                "aiq.connect-timeout",
                "1s"));
        settings.addAll(List.of(more));
        try {
            Shop shop = new Shop(Files.createTempDirectory(folder, "shop"), settings.toArray(String[]::new));
            aiq.before(shop.baseUrl());
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AiqAnswer ask(Shop shop) {
        return (AiqAnswer) shop.bridge.run("aiq-stores", new AiqAsk.OfAccount("green-leaf", Priority.PERSON), Map.of());
    }

    @Test
    void a_redemption_goes_through_the_proxy_which_sees_tunnels_and_nothing_else() {
        try (Shop shop = shop()) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 40);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            assertThat(shop.aiq.requests("redeem")).hasSize(1);
            assertThat(proxy.asked()).hasSameSizeAs(aiq.asked()).allMatch(TUNNEL::equals);
            assertThat(aiq.headers()).contains("X-apikey").doesNotContain("Proxy-authorization");
            assertThat(shop.bridge
                            .bridge()
                            .camel()
                            .resolvePropertyPlaceholders("{{" + Settings.PROXY_PASSWORD + ":nothing}}"))
                    .as("no route can say it")
                    .isEqualTo("nothing");
        }
    }

    /** What a proxy may do instead of opening the tunnel to the one PUT: it certainly did not leave, and is sent again without any doubt. */
    @Test
    void what_the_proxy_keeps_from_a_redemption_certainly_did_not_reach_aiq() {
        try (Shop shop = shop()) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 40);
            shop.poll();
            for (String status : List.of(
                    "502 Bad Gateway", "407 Proxy Authentication Required", "403 Forbidden", "204 No Content")) {
                // the wallet before it is read
                aiq.asked().add("begun");
                proxy.does(line ->
                        aiq.asked().get(aiq.asked().size() - 1).contains("/wallet") ? SiteProxy.answers(status) : null);
                shop.bridge.run("redemption-execute");
                assertThat(shop.status(redemption)).as(status).isEqualTo("DUE");
                assertThat(shop.aiq.requests("redeem")).isEmpty();
                shop.passes(Duration.ofMinutes(1));
            }
            assertThat(shop.bridge.rows.queryForList(
                            "select outcome from attempt where subject_id = ?", String.class, redemption))
                    .hasSize(4)
                    .containsOnly("NOT_SENT");
            proxy.does(line -> null);
            shop.bridge.run("redemption-execute");
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            assertThat(shop.aiq.requests("redeem")).hasSize(1);
        }
    }

    @Test
    void what_broke_after_the_tunnel_stood_is_in_doubt() {
        try (Shop shop = shop()) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 40);
            aiq.answers(request -> request.startsWith("PUT") ? 0 : null);
            shop.pollAndExecute();
            assertThat(aiq.asked()).filteredOn(one -> one.startsWith("PUT")).hasSize(1);
            assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void whatever_the_proxy_answers_instead_it_is_never_taken_for_aiqs_word() throws Exception {
        Map<String, String> said = new LinkedHashMap<>();
        try (Shop shop = shop();
                EverythingLogged log = new EverythingLogged()) {
            Map<String, SiteProxy.Instead> all = new LinkedHashMap<>();
            for (String status : List.of(
                    "200 OK", "204 No", "302 Found", "401 No", "403 No", "404 No", "407 No", "429 No", "503 No")) {
                all.put(status, SiteProxy.answers(status));
            }
            all.put("garbage", SiteProxy.says("SSH-2.0-OpenSSH_9.6\r\n\r\n"));
            all.put("nothing", client -> {});
            all.put("half", SiteProxy.says("HTTP/1.1 200 Connec"));
            all.put("silence", client -> Thread.sleep(5_000));
            all.put("drops", client -> {
                for (int i = 0; i < 50; i++) {
                    SiteProxy.says(i == 0 ? "HTTP/1.1 200 OK\r\nX: " : "x").to(client);
                    Thread.sleep(100);
                }
            });
            all.forEach((name, instead) -> {
                proxy.does(line -> instead);
                long begun = System.nanoTime();
                AiqAnswer answer = ask(shop);
                assertThat(answer.outcome()).as(name + ": " + answer.detail()).isEqualTo(AiqAnswer.Outcome.NOT_SENT);
                assertThat(System.nanoTime() - begun).as(name).isLessThan(4_000_000_000L);
                said.put(name, answer.detail());
                shop.passes(Duration.ofMinutes(1));
            });
            assertThat(aiq.asked()).isEmpty();
            assertThat(said)
                    .containsEntry("407 No", "AIQ could not be reached: the proxy refuses our user or password (407)")
                    .containsEntry("503 No", "AIQ could not be reached: the proxy answered 503 and opened no tunnel");
            assertThat(said.values()).noneMatch(detail -> detail.contains("sesame"));
            assertThat(log.text())
                    .doesNotContain(
                            "sesame",
                            Base64.getEncoder()
                                    .encodeToString(("bridge:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void a_wrong_password_and_a_proxy_that_is_away_keep_everything_here() {
        try (Shop shop = shop(Settings.PROXY_PASSWORD, "wrong-word")) {
            assertThat(ask(shop).detail())
                    .isEqualTo("AIQ could not be reached: the proxy refuses our user or password (407)");
            assertThat(proxy.asked()).as("not asked twice").hasSize(1);
            proxy.close();
            shop.passes(Duration.ofMinutes(1));
            AiqAnswer away = ask(shop);
            assertThat(away.outcome()).isEqualTo(AiqAnswer.Outcome.NOT_SENT);
            assertThat(away.detail()).startsWith("AIQ could not be reached: there is no way through the proxy (");
            assertThat(aiq.asked()).isEmpty();
        }
    }

    @Test
    void a_challenge_of_aiqs_own_is_not_answered_and_nothing_is_sent_twice() {
        try (Shop shop = shop()) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 40);
            for (int status : new int[] {407, 401}) {
                int before = aiq.asked().size();
                aiq.answers(request -> status);
                assertThat(ask(shop).outcome()).isNotEqualTo(AiqAnswer.Outcome.NOT_SENT);
                assertThat(aiq.asked()).hasSize(before + 1);
            }
            aiq.answers(request -> request.startsWith("PUT") ? 407 : null);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
            assertThat(aiq.asked()).filteredOn(one -> one.startsWith("PUT")).hasSize(1);
            assertThat(aiq.headers()).doesNotContain("Proxy-authorization", "Authorization");
        }
    }

    @Test
    void a_server_that_the_site_cannot_vouch_for_gets_nothing() {
        PrivateCa other = new PrivateCa(certificates, "other");
        assertThat(handshake("network.ca-file", "")).startsWith("AIQ could not be reached: SSLHandshakeException");
        assertThat(handshake("network.ca-file", other.file().toString()))
                .startsWith("AIQ could not be reached: SSLHandshakeException");
        assertThat(handshake("aiq.base-url", "https://another.example"))
                .as("its certificate is aiq.example's")
                .startsWith("AIQ could not be reached: SSL");
        listen("expired");
        assertThat(handshake()).startsWith("AIQ could not be reached: SSLHandshakeException");
    }

    private String handshake(String... settings) {
        try (Shop shop = shop(settings)) {
            AiqAnswer answer = ask(shop);
            assertThat(answer.outcome()).isEqualTo(AiqAnswer.Outcome.NOT_SENT);
            assertThat(aiq.asked()).isEmpty();
            return answer.detail();
        }
    }

    @Test
    void a_host_that_needs_no_proxy_is_called_directly_and_so_is_this_machine() {
        listen("address");
        String address = "https://127.0.0.2:" + aiq.port();
        aiq.called(address);
        try (Shop shop = shop("aiq.base-url", address)) {
            assertThat(ask(shop).outcome()).isEqualTo(AiqAnswer.Outcome.DONE);
            assertThat(proxy.asked()).containsExactly("CONNECT 127.0.0.2:" + aiq.port() + " HTTP/1.1");
            shop.restart(List.of("network.no-proxy", ".example.com, 127.0.0.2"));
            assertThat(ask(shop).outcome()).isEqualTo(AiqAnswer.Outcome.DONE);
            shop.restart(List.of("network.no-proxy", "", "aiq.base-url", shop.baseUrl()));
            assertThat(ask(shop).outcome()).as("this machine").isEqualTo(AiqAnswer.Outcome.DONE);
            assertThat(proxy.asked()).hasSize(1);
        }
        Network network = network("network.no-proxy", "shop.example, .example.com");
        for (String direct : List.of("shop.example", "SHOP.example", "a.b.example.com", "localhost", "[::1]")) {
            assertThat(network.proxy(direct)).as(direct).isNull();
        }
        for (String proxied : List.of("example.com", "myshop.example", "a.shop.example", "shop.example.org")) {
            assertThat(network.proxy(proxied)).as(proxied).isNotNull();
        }
        assertThat(network.proxy("aiq.example").toString()).doesNotContain("sesame", "bridge");
    }

    private Network network(String... more) {
        Properties values = Settings.shipped().asProperties();
        values.setProperty("network.proxy", proxy.url());
        values.setProperty("network.proxy-username", "bridge");
        values.setProperty(Settings.PROXY_PASSWORD, PASSWORD);
        for (int i = 0; i < more.length; i += 2) {
            values.setProperty(more[i], more[i + 1]);
        }
        return Network.of(folder, Settings.of(values), Clock.systemUTC());
    }

    @Test
    void a_shop_is_asked_through_the_proxy_too() {
        Shop.storefront(folder, "web", "kind = woocommerce\napi.url = https://aiq.example\n");
        try (Shop shop =
                shop("storefront.connections", folder.resolve("storefront").toString())) {
            shop.secret("web", StorefrontSecrets.API, "ck_1:cs_2");
            aiq.answers(request -> 404);
            assertThatThrownBy(() -> shop.bridge.run("storefront-ask-web"))
                    .rootCause()
                    .hasMessageContaining("The shop's API has nothing at ");
            assertThat(aiq.asked()).isNotEmpty().allMatch(asked -> asked.startsWith("GET /wp-json/"));
            assertThat(proxy.asked()).isNotEmpty().allMatch(TUNNEL::equals);
            proxy.does(line -> SiteProxy.answers("404 Not Found"));
            assertThatThrownBy(() -> shop.bridge.run("storefront-ask-web"))
                    .as("not that the shop has no such thing")
                    .rootCause()
                    .hasMessage("The shop's API cannot be reached: the proxy answered 404 and opened no tunnel.");
        }
    }

    @Test
    void what_the_site_trusts_is_read_at_the_start_or_refused_by_its_file() throws IOException {
        PrivateCa old = new PrivateCa(certificates, "old", "-startdate", "-10d", "-validity", "3");
        PrivateCa soon = new PrivateCa(certificates, "soon", "-startdate", "+5d", "-validity", "30");
        Path several =
                Files.writeString(folder.resolve("several.pem"), "# the site's\n" + ca.pem("ca") + ca.pem("aiq"));
        assertThat(network("network.ca-file", several.toString()).authorities()).hasSize(2);
        Map<Path, String> bad = new LinkedHashMap<>();
        bad.put(old.file(), "holds a certificate that expired on ");
        bad.put(soon.file(), "holds a certificate that is valid only from ");
        bad.put(Files.writeString(folder.resolve("empty.pem"), ""), "holds no certificate");
        bad.put(Files.writeString(folder.resolve("text.pem"), "trust me\n"), "holds ");
        bad.put(
                Files.writeString(
                        folder.resolve("half.pem"), ca.pem("ca").substring(0, 200) + "\n-----END CERTIFICATE-----\n"),
                "holds what is no certificate");
        bad.put(ca.key("aiq"), "holds a private key");
        bad.put(folder, "is a folder");
        bad.put(folder.resolve("gone.pem"), "does not exist");
        bad.forEach((file, why) -> assertThatThrownBy(() -> network("network.ca-file", file.toString()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The file " + file + " of network.ca-file " + why));
        assertThatThrownBy(() -> network(Settings.PROXY_PASSWORD, ""))
                .hasMessageContaining("The user of network.proxy-username has no password.");
        assertThatThrownBy(() -> network("network.proxy-username", ""))
                .hasMessageContaining("There is a password for the proxy, and network.proxy-username is empty.")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void a_proxys_address_holds_no_password_and_what_is_wrong_with_it_does_not_show_one() {
        for (String wrong : List.of(
                "http://bridge:sesame@proxy:3128",
                "https://proxy:3128",
                "socks://proxy:1080",
                "proxy:3128",
                "http://proxy",
                "http://proxy:0",
                "http://proxy:3128/sesame")) {
            Properties values = Settings.shipped().asProperties();
            values.setProperty("network.proxy", wrong);
            assertThat(Settings.of(values).wrong())
                    .as(wrong)
                    .singleElement()
                    .satisfies(
                            refused -> assertThat(refused.sentence())
                                    .isEqualTo(
                                            "The setting network.proxy is not the address of a proxy, as http://proxy:3128 is, nor empty."));
        }
    }
}
