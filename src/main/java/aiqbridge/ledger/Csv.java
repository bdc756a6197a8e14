package aiqbridge.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes CSV after RFC 4180. A text that a spreadsheet would run as a formula has an apostrophe before it; numbers stay numbers. */
public final class Csv {
    private final Appendable out;

    public Csv(Appendable out, String... columns) {
        this.out = out;
        line(Arrays.asList(columns));
    }

    /** Null is an empty field. */
    public void line(List<?> values) {
        try {
            out.append(values.stream().map(Csv::field).collect(Collectors.joining(",")))
                    .append("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Number) {
            return value instanceof java.math.BigDecimal number ? number.toPlainString() : value.toString();
        }
        String text = value.toString();
        String harmless = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.matches("(?s).*[\",\r\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
