package aiqbridge.customer;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.account.Account;
import aiqbridge.privacy.ApiKey;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a customer is a member, what the receipt says to them, and the code that leads others to the sign-up. */
class CustomerStatusTest {
    private static final String STATUS = "/api/v1/customers/status", LINK = "https://lab.alpineiq.com/joinMembers/1001";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder, "aiq.lookup-timeout", "1s");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Shop.Answer status(String field, String value) {
        return shop.post(shop.key, STATUS, Map.of(field, value));
    }

    @Test
    void a_member_is_a_member_by_phone_and_by_email() {
        assertThat(status("phone", "(555) 555-0100").body())
                .isEqualTo(
                        "{\"status\":\"member\",\"receiptText\":\"Thank you for being a member of the Green Leaf rewards program.\",\"signUpLink\":\""
                                + LINK + "\"}");
        assertThat(status("email", "ADA@example.com").text("status")).isEqualTo("member");
        assertThat(shop.aiq.requests("verify")).isEmpty();
        assertThat(shop.aiq.requests("wallet")).isEmpty();
    }

    @Test
    void others_are_invited_in_their_countrys_words() {
        assertThat(status("phone", "555-555-0177").body())
                .isEqualTo("{\"status\":\"not-a-member\",\"receiptText\":\"Join the Green Leaf rewards program: " + LINK
                        + "\",\"signUpLink\":\"" + LINK + "\"}");
        shop.bridge
                .bridge()
                .accounts()
                .save(new Account(
                        "green-leaf",
                        "Feuille {link} $1",
                        "1001",
                        new ApiKey("demo-key"),
                        "CA",
                        ZoneId.of("America/Toronto")));
        assertThat(status("email", "nobody@example.com").text("receiptText"))
                .isEqualTo("Join the Feuille {link} $1 club program: " + LINK);
    }

    @Test
    void a_contact_who_has_not_joined_is_no_member() {
        shop.aiq.contact(Map.of("uid", "1001", "contactID", "c-dan", "phone", "5555550155", "loyalty", false));
        assertThat(status("phone", "5555550155").text("status")).isEqualTo("not-a-member");
    }

    @Test
    void what_aiq_does_not_say_plainly_is_unknown_at_present() {
        Map<String, Map<String, Object>> unclear = new LinkedHashMap<>();
        unclear.put("404 of a proxy", Map.of("kind", "says-before-effect", "status", 404, "body", "<html></html>"));
        unclear.put("400", Map.of("kind", "status-before-effect", "status", 400));
        unclear.put(
                "bare OK",
                Map.of(
                        "kind",
                        "says-before-effect",
                        "status",
                        200,
                        "body",
                        "{\"data\":\"OK\",\"code\":200,\"success\":true}"));
        unclear.put("403", Map.of("kind", "status-before-effect", "status", 403));
        unclear.put("500", Map.of("kind", "status-before-effect", "status", 500));
        unclear.put("time-out", Map.of("kind", "hang-before-effect"));
        unclear.put("malformed", Map.of("kind", "bad-json"));
        unclear.put("limit", Map.of("kind", "status-before-effect", "status", 429));
        unclear.forEach((name, fault) -> {
            Map<String, Object> all = new HashMap<>(fault);
            all.put("operation", "lookup");
            shop.aiq.fault(all);
            Shop.Answer answer = status("phone", "555-555-0100");
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.body())
                    .as(name)
                    .isEqualTo("{\"status\":\"unknown-at-present\",\"signUpLink\":\"" + LINK + "\"}");
            shop.bridge.run("aiq-probe");
        });
    }

    @Test
    void a_scan_of_a_thousand_phones_is_stopped() {
        int answered = 0;
        for (int i = 0; i < 1_000; i++) {
            answered += status("phone", String.format("555555%04d", 1000 + i)).status() == 200 ? 1 : 0;
        }
        assertThat(answered).isEqualTo(300);
        assertThat(shop.aiq.requests("lookup")).hasSize(300);
    }

    @Test
    void one_customer_is_not_asked_about_for_ever() {
        for (int i = 0; i < 40; i++) {
            status("phone", "555-555-0100");
        }
        assertThat(shop.aiq.requests("lookup")).hasSize(30);
        shop.clock.advance(Duration.ofHours(1));
        assertThat(status("phone", "555-555-0100").status()).isEqualTo(200);
    }

    @Test
    void phone_and_email_are_asked_about_one_by_one() {
        assertThat(shop.post(shop.key, STATUS, Map.of("phone", "555-555-0100", "email", "ada@example.com"))
                        .text("field"))
                .isEqualTo("email");
        assertThat(shop.post(shop.key, STATUS, Map.of()).text("field")).isEqualTo("phone");
    }

    private HttpResponse<byte[]> code(String kind, String key) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + shop.bridge.port + "/api/v1/sign-up-code." + kind))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String read(BufferedImage image) throws Exception {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))))
                .getText();
    }

    @Test
    void the_code_leads_to_the_accounts_sign_up() throws Exception {
        HttpResponse<byte[]> png = code("png", shop.key);
        assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(read(ImageIO.read(new ByteArrayInputStream(png.body())))).isEqualTo(LINK);

        HttpResponse<byte[]> svg = code("svg", shop.key);
        assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(read(drawn(new String(svg.body(), StandardCharsets.UTF_8)))).isEqualTo(LINK);
        assertThat(code("png", "aiqb_none").statusCode()).isEqualTo(401);
    }

    /** The squares of the path, ten pixels each. */
    private static BufferedImage drawn(String svg) {
        Matcher side = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(side.find()).isTrue();
        int pixels = Integer.parseInt(side.group(1)) * 10;
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.fillRect(0, 0, pixels, pixels);
        pen.setColor(java.awt.Color.BLACK);
        Matcher module = Pattern.compile("M(\\d+),(\\d+)h1v1h-1z").matcher(svg);
        while (module.find()) {
            pen.fillRect(Integer.parseInt(module.group(1)) * 10, Integer.parseInt(module.group(2)) * 10, 10, 10);
        }
        return image;
    }
}
