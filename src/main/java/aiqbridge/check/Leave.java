package aiqbridge.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What takes back, in a till's database, what the statements for its owner gave: the rights, the login and what was made for the bridge alone. Tables with
 * points and requests, and indexes that may serve others, are named in a comment and stay.
 */
final class Leave {
    private static final Pattern CREATED = Pattern.compile(
            "(?i)^create\\s+(?:sql security definer\\s+)?(user|role|login|view|table|index)\\s+(?:if not exists\\s+)?(\\S+?)(\\s.*|;.*|\\(.*)?$");
    private static final Pattern ON =
            Pattern.compile("(?i)\\son\\s+(`[^`]+`\\.`[^`]+`|\\S+?\\.`[^`]+`|\\[[^]]+]|[^\\s(]+)");
    private static final Pattern GRANT = Pattern.compile("(?i)grant (.+?) on (.+?) to ([^;\\s]+);");

    private static final Pattern OURS_IF_MISSING = Pattern.compile("create index (aiq_\\w+) on");
    private static final String WRITE_BACK = "-- only for write-back = on";

    private Leave() {}

    /**
     * The last that was made goes first.
     *
     * @param owners    the statements for the owner
     * @param writeBack whether those were run that stand below their comment
     */
    static String statements(String owners, String engine, boolean writeBack) {
        List<String> back = new ArrayList<>();
        boolean run = true;
        for (String line : owners.split("\n")) {
            if (line.startsWith("--")) {
                run = writeBack || !line.startsWith(WRITE_BACK);
            } else if (run) {
                back.addAll(of(line.strip(), engine));
            }
        }
        Collections.reverse(back);
        return back.isEmpty() ? "" : String.join("\n", back) + "\n";
    }

    private static List<String> of(String line, String engine) {
        Matcher grant = GRANT.matcher(line);
        if (grant.find()) {
            // elsewhere they go with the login
            return engine.equals("postgresql") ? List.of(grant.replaceAll("revoke $1 on $2 from $3;")) : List.of();
        }
        Matcher ifMissing = OURS_IF_MISSING.matcher(line);
        if (line.startsWith("do $$") && ifMissing.find()) {
            return List.of("drop index if exists " + ifMissing.group(1) + ";");
        }
        Matcher created = CREATED.matcher(line);
        if (!created.matches()) {
            return List.of();
        }
        String what = created.group(1).toLowerCase(Locale.ROOT);
        String name = created.group(2);
        return switch (what) {
            case "login" -> List.of("drop login " + name + ";");
            case "view", "role", "user" -> List.of("drop " + what + " if exists " + name + ";");
            case "table" -> List.of("-- kept, for the auditor and for whoever asks later: drop table " + name + ";");
            default -> List.of(index(name, String.valueOf(created.group(3)), engine));
        };
    }

    private static String index(String name, String rest, String engine) {
        Matcher on = ON.matcher(rest);
        String table = on.find() ? on.group(1) : "";
        String drop = "drop index if exists " + name
                + (engine.equals("mariadb") || engine.equals("sqlserver") ? " on " + table : "") + ";";
        return name.startsWith("aiq_") ? drop : "-- may serve others too: " + drop;
    }
}
