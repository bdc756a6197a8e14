package aiqbridge.operator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A bar chart as a page draws it, in units of its own: {@link #WIDTH} wide, {@link #HEIGHT} high.
 *
 * @param summary what it shows, for who does not see it
 */
public record Chart(String title, String total, String highest, String summary, List<Bar> bars) {
    public static final int WIDTH = 600, HEIGHT = 120;

    public record Bar(String label, String value, int x, int y, int width, int height) {}

    /** @param total the sum, or where a sum says nothing the highest */
    static Chart of(String title, List<Numbers.Span> spans, Function<Numbers.Span, BigDecimal> value, boolean sum) {
        BigDecimal highest = spans.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::max);
        BigDecimal all = spans.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
        int step = WIDTH / spans.size();
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            BigDecimal of = value.apply(spans.get(i));
            int height = highest.signum() == 0
                    ? 0
                    : of.multiply(BigDecimal.valueOf(HEIGHT))
                            .divide(highest, RoundingMode.CEILING)
                            .intValue();
            bars.add(new Bar(spans.get(i).label(), of.toPlainString(), i * step, HEIGHT - height, step - 3, height));
        }
        String total = (sum ? all : highest).toPlainString();
        return new Chart(
                title,
                total,
                highest.toPlainString(),
                title + ": "
                        + (sum
                                ? total + " in all, at most " + highest.toPlainString() + " at a time"
                                : "at most " + total),
                bars);
    }

    /** The charts of the activity page. */
    public static List<Chart> all(List<Numbers.Span> spans) {
        return List.of(
                of("Redemptions", spans, s -> BigDecimal.valueOf(s.redemptions()), true),
                of("Points spent", spans, Numbers.Span::points, true),
                of("Carts sent", spans, s -> BigDecimal.valueOf(s.cartsSent()), true),
                of("Carts recovered", spans, s -> BigDecimal.valueOf(s.cartsRecovered()), true),
                of("Calls that failed at AIQ", spans, s -> BigDecimal.valueOf(s.errors()), true),
                of("Longest wait, seconds", spans, s -> BigDecimal.valueOf(s.waited()), false));
    }
}
