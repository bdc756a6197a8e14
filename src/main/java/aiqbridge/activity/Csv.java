package aiqbridge.activity;

import java.util.List;

/** A table for a spreadsheet (RFC 4180); what a spreadsheet would take for a formula stays text. */
public final class Csv {
    private final StringBuilder text = new StringBuilder();

    public Csv row(List<String> cells) {
        text.append(String.join(",", cells.stream().map(Csv::cell).toList())).append("\r\n");
        return this;
    }

    private static String cell(String value) {
        if (value == null) {
            return "";
        }
        String harmless = value.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + value : value;
        return harmless.matches("(?s).*[\",\\r\\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }

    @Override public String toString() {
        return text.toString();
    }
}
