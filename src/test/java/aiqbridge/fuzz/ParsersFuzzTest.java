package aiqbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What reads the words of AIQ, shops, callers and tills takes them or refuses them, whatever they are, and soon. */
class ParsersFuzzTest {
    private static final long SLOW_NS = 2_000_000_000L;
    static final List<String> WALLETS = List.of(
            "{\"code\":200,\"success\":true,\"data\":{\"contactID\":\"c-eve\",\"loyaltyPoints\":300,\"hidePointsInWallet\":false,\"discountTemplates\":[{\"id\":\"a\",\"name\":\"A\",\"pageTitle\":\"B\",\"posDiscountID\":\"D\",\"pointsDeduction\":50,\"dollarValue\":5,\"percentageValue\":10,\"expiration\":1764450000,\"min\":true,\"priceCap\":20,\"minimumSpend\":\"12.50\",\"reusable\":false,\"available\":true,\"redemptionURL\":\"https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/x\"}]}}",
            "{\"code\":200,\"success\":true,\"data\":{\"results\":[{\"id\":\"r\",\"type\":\"redemption\",\"contactID\":\"c\",\"discountID\":\"d\",\"transactionID\":\"t\",\"points\":-5,\"date\":1764450000,\"note\":\"n\",\"phone\":\"5555550100\"}]}}",
            "{\"code\":404,\"success\":false,\"errors\":[{\"message\":\"Not Found\",\"code\":404}]}",
            "{\"code\":200,\"success\":true,\"data\":\"OK\"}");
    private static final List<String> CALLS = List.of(
            "{\"phone\":\"5555550100\",\"subtotal\":12.5}",
            "{\"walletSession\":\"s\",\"discountId\":\"five-off\",\"transactionId\":1,\"cartId\":\"c\",\"total\":1.25,\"consent\":true}");
    private static final List<String> URLS = List.of(
            "https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/abc-DEF_123",
            "https://lab.alpineiq.com:443/api/v1.1/discount/redeem/1001/a/b%20c/");
    private static final List<String> ROWS = List.of(
            "t-1|2026-11-29 10:00:00|42.5|main|5555550100|ada@example.com|AIQ ABCD-EFGH|1,2|kim",
            "1|1764450000|1e3|2|b5|x|#AIQ-1234 -5.00|D1|7");

    @TempDir
    Path folder;

    @Test
    @Timeout(7_200)
    void takes_or_refuses_them_whatever_they_are() {
        Parsers parsers = new Parsers(folder);
        int inputs = Fuzz.inputs(20_000);
        long slowest = 0;
        for (int n = 0; n < inputs; n++) {
            Fuzz fuzz = new Fuzz(Fuzz.SEED + n);
            int parser = fuzz.below(parsers.count());
            String text = input(fuzz, parser);
            long begun = System.nanoTime();
            try {
                parsers.read(parser, text);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(said(fuzz, parser, text), e);
            }
            long took = System.nanoTime() - begun;
            assertThat(took).as(() -> said(fuzz, parser, text)).isLessThan(SLOW_NS);
            slowest = Math.max(slowest, took);
        }
        System.out.println("fuzz.seed " + Fuzz.SEED + ", " + inputs + " inputs to " + parsers.count()
                + " parsers, slowest in ms: " + slowest / 1_000_000);
    }

    private static String said(Fuzz fuzz, int parser, String text) {
        return "fuzz.seed " + fuzz.seed + ", parser " + parser + ": "
                + text.substring(0, Math.min(2_000, text.length()));
    }

    private static String input(Fuzz fuzz, int parser) {
        if (fuzz.chance(15)) {
            return fuzz.chance(50) ? fuzz.json(4) : fuzz.text();
        }
        int kinds = Parsers.KINDS.size();
        int other = parser - 2 * kinds;
        if (parser < 2) {
            return fuzz.bent(fuzz.one(parser == 0 ? WALLETS : CALLS));
        }
        if (other < 2) {
            return fuzz.bent(Samples.of(Parsers.KINDS.get((parser - 2) % kinds), fuzz));
        }
        return switch (other) {
            case 2 -> fuzz.bent(fuzz.one(URLS) + (fuzz.chance(50) ? fuzz.encoded(fuzz.text()) : ""));
            case 4 -> row(fuzz);
            default -> fuzz.bent(fuzz.text());
        };
    }

    private static String row(Fuzz fuzz) {
        String[] row = fuzz.one(ROWS).split("\\|");
        for (int i = fuzz.below(3); i >= 0; i--) {
            row[fuzz.below(row.length)] = fuzz.text();
        }
        return String.join("|", row);
    }
}
