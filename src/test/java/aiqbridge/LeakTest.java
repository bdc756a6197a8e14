package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What a customer or a brand keeps secret is nowhere but where it must be: canaries go through the flow and its failures, with every logger at TRACE and everything that
 * a route carries shown at each of its steps; then everything is searched.
 */
@Isolated("every logger of the process is at TRACE")
class LeakTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void canaries_are_in_no_log_metric_page_or_table() throws Exception {
        Map<String, String> canaries = new LinkedHashMap<>();
        try (EverythingLogged log = new EverythingLogged();
                Shop shop = new Shop(
                        folder,
                        EverythingShown.AS_A_BEAN[0],
                        EverythingShown.AS_A_BEAN[1],
                        "aiq.redeem-timeout",
                        "1s",
                        "aiq.wallet-timeout",
                        "1s",
                        "aiq.lookup-timeout",
                        "1s",
                        "aiq.sign-up-timeout",
                        "1s")) {
            shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0100"));
            String pin = String.valueOf(shop.aiq.pin("c-ada"));
            String session = shop.post(shop.key, "/api/v1/wallet/view", Map.of("phone", "555-555-0100", "code", pin))
                    .text("walletSession");
            canaries.put("phone", "5555550100");
            canaries.put("AIQ's API key", "demo-key");
            canaries.put("a caller's key", shop.key.substring(shop.key.lastIndexOf('_') + 1));
            canaries.put("redemption URL", "/redeem/1001/");
            String redemption = shop.queued(session, "five-off", "t-1").text("redemptionId");
            shop.rings("t-1", "5555550100", 42.5);
            for (String fault :
                    List.of("status-before-effect", "html-502", "bad-json", "reset-after-effect", "half-body")) {
                shop.aiq.fault(Map.of("operation", "*", "kind", fault, "status", 500, "times", 1));
                shop.pollAndExecute();
                shop.passes(Duration.ofMinutes(4));
                shop.bridge.run("redemption-settle");
            }
            canaries.put("phone of a new customer", "5555550177");
            canaries.put("e-mail", "canary.eve");
            canaries.put("e-mail in a URL", "canary%2Eeve");
            canaries.put("name", "Evelina");
            shop.passes(Duration.ofMinutes(1));
            JsonNode text = shop.get(shop.key, "/api/v1/consent-text").json();
            Map<String, Object> eve = Map.of(
                    "phone",
                    "(555) 555-0177",
                    "email",
                    "canary.eve@example.com",
                    "firstName",
                    "Evelina",
                    "consent",
                    true,
                    "smsOptIn",
                    true,
                    "language",
                    "en",
                    "textVersion",
                    text.path("textVersion").asText(),
                    "textHash",
                    text.path("textHash").asText());
            for (String fault : List.of(
                    "status-before-effect",
                    "html-502",
                    "redirect",
                    "bad-json",
                    "reset-before-effect",
                    "hang-before-effect")) {
                for (String operation : List.of("lookup", "signup")) {
                    shop.aiq.fault(Map.of("operation", operation, "kind", fault, "status", 500));
                    log.write(shop.post(shop.key, "/api/v1/customers", eve).body());
                    log.write(shop.post(shop.key, "/api/v1/customers/status", Map.of("email", "canary.eve@example.com"))
                            .body());
                    shop.bridge.run("aiq-probe");
                }
                shop.passes(Duration.ofHours(1));
            }
            assertThat(shop.aiq.requests("lookup"))
                    .as("AIQ hears them in its URL")
                    .anyMatch(r -> r.toString().contains("canary%2Eeve"))
                    .anyMatch(r -> r.toString().contains("5555550177"));
            shop.till.execute("drop view aiq_sales");
            try {
                shop.poll();
            } catch (RuntimeException aliasGone) {
                log.write(aliasGone + " " + aliasGone.getCause());
            }
            shop.bridge.rows.execute("alter table pin_sent rename to pin_sent_away");
            shop.bridge.rows.execute("alter table consent rename to consent_away");
            shop.passes(Duration.ofHours(1));
            log.write(shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0100"))
                    .body());
            log.write(shop.post(shop.key, "/api/v1/customers", eve).body());
            log.write(shop.get(shop.key, "/api/v1/redemptions/" + redemption).body());
            for (String page : List.of("/observe/metrics", "/observe/health", "/observe/info")) {
                log.write(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + shop.bridge.managementPort + page))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
            }
            String seen = log.text();
            canaries.forEach((what, canary) ->
                    assertThat(linesWith(seen, Pattern.quote(canary))).as(what).isEmpty());
            assertThat(linesWith(seen, "(?<![A-Za-z])code[\"']?\\s*[:=]\\s*[\"']?\\d{4}"))
                    .as("codes")
                    .isEmpty();
            assertThat(Stream.of(
                            "ERROR",
                            "camel_exchanges",
                            "Exchange[route: redemption-execute",
                            "operation=verify, method=",
                            "DEBUG com.zaxxer.hikari"))
                    .as("the search finds what is there")
                    .allMatch(seen::contains);

            for (String table : shop.bridge.rows.queryForList(
                    "select name from sqlite_master where type = 'table'", String.class)) {
                String rows =
                        shop.bridge.rows.queryForList("select * from " + table).toString();
                canaries.forEach((what, canary) -> {
                    if (!(what.matches("(phone|e-mail).*")
                            && List.of("contact", "pos_transaction").contains(table))) {
                        assertThat(rows).as(what + " in table " + table).doesNotContain(canary);
                    }
                });
            }
        }
    }

    private static List<String> linesWith(String text, String pattern) {
        Pattern sought = Pattern.compile(pattern);
        return text.lines().filter(line -> sought.matcher(line).find()).toList();
    }
}
