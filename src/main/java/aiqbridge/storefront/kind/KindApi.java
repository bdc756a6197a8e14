package aiqbridge.storefront.kind;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a kind of shop is asked, as its {@code kind.properties} says.
 *
 * @param header   of the credential
 * @param scheme   Basic, Bearer, or null when the header is the token alone
 * @param probe    the path of what is answered to whomever the shop lets in; null for none
 * @param paths    of a {@code cart} and an {@code order}, with {id}
 * @param polls    what is asked for to hear what was missed
 * @param complete whether these lists name every order that changed: then one that is in none of them is not there
 * @param hint     for the one who reads that such a shop is silent
 */
public record KindApi(
        String header,
        String scheme,
        String probe,
        Map<String, String> paths,
        List<Poll> polls,
        boolean complete,
        String hint) {
    private static final String HINT = "Is its webhook still registered and switched on?";

    /** Of a kind that cannot be read: there is nothing to ask. */
    public static final KindApi NONE = new KindApi("Authorization", null, null, Map.of(), List.of(), false, HINT);

    private static final Set<String> KEYS = Set.of(
            "api.header",
            "api.scheme",
            "api.probe",
            "api.cart",
            "api.order",
            "poll.ask",
            "poll.complete",
            "watch.hint");
    private static final Set<String> POLL_KEYS =
            Set.of("path", "query", "next", "cursor", "size", "items", "changed", "topic");
    private static final Set<String> PLACES =
            Set.of("{since}", "{since-utc}", "{since-epoch}", "{size}", "{page}", "{offset}");
    private static final Set<String> NEXT_PLACES =
            Set.of("{since}", "{since-utc}", "{since-epoch}", "{size}", "{cursor}");

    /**
     * @param query   with {since} (ISO 8601, UTC), {since-utc} (the same without its zone), {since-epoch} (seconds), {size}, {page} (from 1) and {offset} (rows, from 0); sorted by the time of the change, unless {@code next} is given
     * @param next    where the shop's answer names the next page: the query of that page, with {cursor}, {size} and the times as in {@code query}; else null
     * @param cursor  where it names it, as a JSON pointer in its body; null for the header Link
     * @param items   where the list is in the answer, as a JSON pointer; empty when the answer is the list. An empty object is an empty list where the lists are not {@code complete}
     * @param changed where an item says when it was changed
     * @param topic   under which an item is kept in the inbox
     */
    public record Poll(
            String name,
            String path,
            String query,
            String next,
            String cursor,
            int size,
            String items,
            String changed,
            String topic) {}

    /** @throws StartRefused naming the file and the key */
    static KindApi read(Path folder) {
        Settings all = Settings.of(folder.resolve(StorefrontKind.FILE));
        List<String> asked = all.has("poll.ask") ? List.of(all.text("poll.ask").split("\\s*,\\s*")) : List.of();
        for (String key : all.asProperties().stringPropertyNames()) {
            String poll = key.replaceFirst("^poll[.]", "");
            boolean ofPoll = key.startsWith("poll.")
                    && poll.contains(".")
                    && asked.contains(poll.substring(0, poll.indexOf('.')))
                    && POLL_KEYS.contains(poll.substring(poll.indexOf('.') + 1));
            if (key.matches("(api|poll|watch)[.].*") && !KEYS.contains(key) && !ofPoll) {
                throw new StartRefused(
                        "The key " + key + " in " + folder.resolve(StorefrontKind.FILE) + " is not known.",
                        "Known are " + String.join(", ", KEYS.stream().sorted().toList())
                                + ", and poll.<a word of poll.ask>. with "
                                + String.join(", ", POLL_KEYS.stream().sorted().toList()) + ".");
            }
        }
        Map<String, String> paths = new TreeMap<>();
        for (String what : List.of("cart", "order")) {
            if (all.has("api." + what)) {
                places(all, "api." + what, null, Set.of("{id}"), folder);
                if (!all.text("api." + what).contains("{id}")) {
                    throw new StartRefused(
                            "The key api." + what + " in " + folder.resolve(StorefrontKind.FILE) + " leaves out {id}.",
                            "For example: api." + what + " = /" + what + "s/{id}");
                }
                paths.put(what, all.text("api." + what));
            }
        }
        List<Poll> polls = new ArrayList<>();
        for (String name : asked) {
            Settings poll = all.under("poll." + name + ".");
            places(poll, "query", name, PLACES, folder);
            places(poll, "next", name, NEXT_PLACES, folder);
            if (poll.has("cursor") && !poll.has("next")) {
                throw new StartRefused(
                        "The key poll." + name + ".next in " + folder.resolve(StorefrontKind.FILE)
                                + " is missing: .cursor says where the answer names the next page.",
                        "For example: poll." + name + ".next = limit={size}&cursor={cursor}");
            }
            polls.add(new Poll(
                    name,
                    poll.text("path"),
                    poll.text("query"),
                    poll.has("next") ? poll.text("next") : null,
                    poll.has("cursor") ? pointer(poll, "cursor", name, folder) : null,
                    poll.number("size"),
                    poll.has("items") ? pointer(poll, "items", name, folder) : "",
                    pointer(poll, "changed", name, folder),
                    poll.text("topic")));
        }
        return new KindApi(
                all.has("api.header") ? all.text("api.header") : "Authorization",
                all.has("api.scheme") ? all.oneOf("api.scheme", "Basic", "Bearer") : null,
                all.has("api.probe") ? all.text("api.probe") : null,
                paths,
                List.copyOf(polls),
                !polls.isEmpty()
                        && !(all.has("poll.complete")
                                && all.oneOf("poll.complete", "yes", "no").equals("no")),
                all.has("watch.hint") ? all.text("watch.hint") : HINT);
    }

    /** What stands in braces is known: it would else be sent as it is. */
    private static void places(Settings of, String key, String list, Set<String> known, Path folder) {
        Matcher place = Pattern.compile("\\{[^{}]*}").matcher(of.has(key) ? of.text(key) : "");
        while (place.find()) {
            if (!known.contains(place.group())) {
                throw new StartRefused(
                        "The key " + (list == null ? key : "poll." + list + "." + key) + " in "
                                + folder.resolve(StorefrontKind.FILE) + " has " + place.group()
                                + ", which is not known there.",
                        "Known are " + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    private static String pointer(Settings poll, String key, String list, Path folder) {
        String pointer = poll.text(key);
        if (!pointer.startsWith("/")) {
            throw new StartRefused(
                    "The key poll." + list + "." + key + " = " + pointer + " in " + folder.resolve(StorefrontKind.FILE)
                            + " is not a JSON pointer.",
                    "For example: poll." + list + "." + key + " = /" + pointer);
        }
        return pointer;
    }
}
