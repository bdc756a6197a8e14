package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.account.Account;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.network.PrivateCa;
import aiqbridge.network.SiteProxy;
import aiqbridge.network.TlsAiq;
import aiqbridge.privacy.ApiKey;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import aiqbridge.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** A whole check of a site whose AIQ is behind its proxy and its own authority. */
class SiteCheckTest extends CheckedTill {
    private String check() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Check(home, settings(), new PrintStream(out, true, StandardCharsets.UTF_8), false).run(null);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_asks_as_the_bridge_does_and_shows_no_password() throws IOException {
        PrivateCa ca = new PrivateCa(home, "site").signs("aiq", "aiq.example");
        try (AiqSimulator simulator = AiqSimulator.start(0, 0, null);
                TlsAiq aiq = new TlsAiq(ca.server("aiq"), "https://aiq.example").before(simulator.baseUrl());
                SiteProxy proxy = new SiteProxy(aiq.port(), "bridge", "open-sesame")) {
            new SimulatorControl(simulator.controlPort()).seedDemo();
            over.put("aiq.base-url", "https://aiq.example");
            over.put("http.port", Integer.toString(TestBridge.freePort()));
            over.put("http.management-port", Integer.toString(TestBridge.freePort()));
            over.put("network.proxy", proxy.url());
            over.put("network.proxy-username", "bridge");
            over.put("network.ca-file", ca.file().toString());
            over.put(Settings.PROXY_PASSWORD, "open-sesame");
            Files.createDirectories(home.resolve("config"));
            Files.copy(Path.of("config/aiq-cart.jslt"), home.resolve("config/aiq-cart.jslt"));
            copied("routes");
            Databases.sqliteStore(Files.createDirectories(home.resolve("data")).resolve("bridge.db"));
            try (Store store = Store.open(settings(), home, true)) {
                new StoredAccounts(store.source(), Secrets.at(home.resolve("data/secrets.key")), Clock.systemUTC())
                        .save(new Account("green-leaf", "Green Leaf", "1001", new ApiKey("demo-key"), "US", ZONE));
            }

            assertThat(check())
                    .contains(
                            "OK    AIQ and shops are called through the proxy 127.0.0.1:" + proxy.port(),
                            "OK    1 certificate(s) of network.ca-file are trusted besides Java's; the first expires in 89 day(s)",
                            "OK    aiq.example speaks TLSv1.3, its certificate is valid for 89 more days",
                            "OK    AIQ answers and accepts the key and the UID")
                    .doesNotContain("sesame");

            over.put(Settings.PROXY_PASSWORD, "other-sesame");
            assertThat(check())
                    .contains(
                            "FAIL  aiq.example cannot be reached on port 443 (the proxy refuses our user or password (407))",
                            "network.proxy-username")
                    .doesNotContain("sesame");

            over.put(Settings.PROXY_PASSWORD, "open-sesame");
            over.put("network.ca-file", "");
            assertThat(check())
                    .contains(
                            "FAIL  the TLS of aiq.example cannot be trusted: its certificate is signed by an unknown authority");

            over.put("network.ca-file", "gone.pem");
            int asked = proxy.asked().size();
            assertThat(check())
                    .contains("FAIL  The file " + home.resolve("gone.pem") + " of network.ca-file does not exist.");
            assertThat(proxy.asked()).as("nobody is called").hasSize(asked);
            assertThat(proxy.asked()).allMatch("CONNECT aiq.example:443 HTTP/1.1"::equals);
        }
    }
}
