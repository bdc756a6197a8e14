package aiqbridge.storefront.api;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.storefront.kind.KindApi.Poll;
import aiqbridge.storefront.mapping.EventProblem;
import aiqbridge.storefront.mapping.ShopJson;
import aiqbridge.storefront.mapping.ShopRefused;
import aiqbridge.storefront.mapping.ShopTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a shop for what it changed since it was last asked, list by list and page by page; the first time, since now. A list that is refused keeps no other from being asked.
 * Where a list is sorted by the time of the change, the next page begins a second before the last change of this one: what changes while we read cannot push anything past us.
 * What was heard before is harmless to hear again.
 */
public final class StorefrontAsk {
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,<]*rel=\"?next\"?");
    private final ShopApi api;
    private final Clock clock;
    private final Duration overlap;
    private final int mostPages;

    public StorefrontAsk(ShopApi api, Settings settings, Clock clock) {
        this.api = api;
        this.clock = clock;
        this.overlap = settings.duration("storefront.ask-overlap");
        this.mostPages = settings.number("storefront.ask-pages");
    }

    /**
     * How far the asking is. Times are epoch milliseconds.
     *
     * @param left    the lists still to be read, the present one first
     * @param states  up to when each was asked before
     * @param since   what the present page is asked for
     * @param cursor  the shop's name for the present page, null for its first
     * @param pages   read of the present list
     * @param last    the latest change in it
     * @param sorted  whether its changes came in order so far
     * @param until   when the asking began
     * @param rows    of the page just read, for the inbox
     * @param read    up to when each list was read now
     * @param refused why one or all could not be, the first of them; null for nothing
     */
    public record Asking(
            String connection,
            List<Poll> left,
            List<ListState> states,
            long since,
            int page,
            String cursor,
            int pages,
            long last,
            boolean sorted,
            long until,
            List<Found> rows,
            List<Read> read,
            RuntimeException refused) {
        public boolean isMore() {
            return !left.isEmpty();
        }

        /** When this list was asked before; one that never was begins where the shop as a whole stands. Null for nowhere. */
        private Long askedUntil(String list) {
            Long whole = null;
            for (ListState state : states) {
                if (list.equals(state.list())) {
                    return state.askedUntil();
                }
                whole = state.list() == null ? state.askedUntil() : whole;
            }
            return whole;
        }

        private Asking rows(List<Found> rows, long last, boolean sorted) {
            return new Asking(
                    connection, left, states, since, page, cursor, pages + 1, last, sorted, until, rows, read, refused);
        }

        private Asking page(long since, int page, String cursor) {
            return new Asking(
                    connection, left, states, since, page, cursor, pages, last, sorted, until, rows, read, refused);
        }

        private Asking left(List<Poll> left, long since, List<Found> rows, List<Read> read, RuntimeException refused) {
            return new Asking(connection, left, states, since, 1, null, 0, 0, true, until, rows, read, refused);
        }

        @Override
        public String toString() {
            return "Asking[" + connection + "]";
        }
    }

    /** Up to when a list was asked, in epoch milliseconds; null for no list: the shop as a whole. */
    public record ListState(String list, Long askedUntil) {}

    /** Up to when a list was read, in epoch milliseconds. */
    public record Read(String connection, String list, long askedUntil) {}

    /** A cart or an order in the shop's answer, for the inbox. */
    public record Found(
            String connection,
            String deliveryKey,
            String source,
            String topic,
            String contentType,
            String headers,
            String body,
            long receivedAt) {}

    /** From when and up to when the shop was asked, in epoch milliseconds. */
    public record Asked(String connection, long askedFrom, long askedUntil) {}

    public record AskFailed(String connection, String lastError) {}

    public Asking begin(String connection, List<ListState> states) {
        List<Poll> lists = api.kind(connection).polls();
        long now = clock.millis();
        Asking asking = new Asking(connection, lists, states, 0, 1, null, 0, 0, true, now, List.of(), List.of(), null);
        return lists.isEmpty() ? asking : next(asking, lists, List.of(), List.of(), null);
    }

    /** The first of these lists is the present one. */
    private Asking next(Asking asking, List<Poll> left, List<Found> rows, List<Read> read, RuntimeException refused) {
        long since = 0;
        if (!left.isEmpty()) {
            Long state = asking.askedUntil(left.get(0).name());
            since = (state == null ? asking.until() : state) - overlap.toMillis();
        }
        return asking.left(left, since, rows, read, refused);
    }

    private Asking read(Asking asking, long until) {
        List<Read> read = new ArrayList<>(asking.read());
        read.add(new Read(asking.connection(), asking.left().get(0).name(), until));
        return next(asking, asking.left().subList(1, asking.left().size()), asking.rows(), read, asking.refused());
    }

    /** The asking goes on with the next list where only this one is refused, and ends where it is the shop that cannot be asked. */
    public Asking refused(Asking asking, RuntimeException fault) {
        boolean alone = fault instanceof ShopRefused;
        List<Poll> left = alone ? asking.left().subList(1, asking.left().size()) : List.of();
        return next(asking, left, List.of(), asking.read(), asking.refused() == null ? fault : asking.refused());
    }

    public ShopCall question(Asking asking) {
        return api.list(asking.connection(), asking.left().get(0), asking.since(), asking.page(), asking.cursor());
    }

    /** @throws ShopRefused when the answer is not the list that was asked for */
    public Asking heard(Asking asking, ShopAnswer answer) {
        Poll poll = asking.left().get(0);
        List<Found> rows = new ArrayList<>();
        long last = asking.last();
        boolean sorted = asking.sorted();
        for (JsonNode item : list(poll, answer, !api.kind(asking.connection()).complete())) {
            Long changed = ShopTime.read(item.at(poll.changed()), ZoneOffset.UTC);
            sorted &= changed != null && changed >= last;
            last = changed == null ? last : Math.max(last, changed);
            rows.add(row(asking.connection(), poll, item, changed));
        }
        Asking read = asking.rows(rows, last, sorted);
        String cursor = poll.next() == null ? null : cursor(poll, answer);
        if (poll.next() == null ? rows.size() < poll.size() : cursor == null) {
            return read(read, read.until());
        }
        if (read.pages() >= mostPages) {
            if (!sorted) {
                throw new ShopRefused("More than " + mostPages + " pages of " + poll.name()
                        + " changed, unsorted; raise storefront.ask-pages.");
            }
            return read(read, Math.min(read.until(), last));
        }
        return cursor != null
                ? read.page(read.since(), 1, cursor)
                : sorted && last - 1_000 > read.since()
                        ? read.page(last - 1_000, 1, null)
                        : read.page(read.since(), read.page() + 1, null);
    }

    /**
     * Up to when the shop was asked for everything.
     *
     * @throws RuntimeException why it was not
     */
    public Asked ended(Asking asking) {
        if (asking.refused() != null) {
            throw asking.refused();
        }
        return new Asked(
                asking.connection(),
                asking.states().stream()
                                .filter(state -> state.list() == null && state.askedUntil() != null)
                                .mapToLong(ListState::askedUntil)
                                .findFirst()
                                .orElse(asking.until())
                        - overlap.toMillis(),
                asking.read().stream().mapToLong(Read::askedUntil).min().orElse(asking.until()));
    }

    /** Why a shop could not be asked, in words that hold nothing of what it said. */
    public AskFailed failed(String connection, Throwable fault) {
        String sentence = "It could not be asked: " + fault.getClass().getSimpleName() + ".";
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RowWaits || cause instanceof ShopRefused) {
                sentence = cause.getMessage();
            }
        }
        return new AskFailed(connection, sentence);
    }

    private static Iterable<JsonNode> list(Poll poll, ShopAnswer answer, boolean emptyIsNone) {
        if (answer.body() == null) {
            throw new ShopRefused("The shop's API has nothing at " + poll.path() + "; is api.url right?");
        }
        if (answer.body().isBlank()) {
            return List.of();
        }
        try {
            JsonNode all = ShopJson.checked(answer.json()), list = all.at(poll.items());
            if (list.isArray()) {
                return list;
            }
            if (emptyIsNone && all.isObject() && all.isEmpty()) {
                return List.of();
            }
        } catch (EventProblem e) {
            // said below
        }
        throw new ShopRefused(
                "The shop's API answered at " + poll.path() + " with something other than the requested list.");
    }

    private Found row(String connection, Poll poll, JsonNode item, Long changed) {
        String body = ShopJson.write(item);
        String id = item.path("id").asText().replaceAll("[^A-Za-z0-9_-]", "");
        return new Found(
                connection,
                "asked " + poll.name() + " " + id.substring(0, Math.min(60, id.length())) + " " + changed + " "
                        + Sha256.hex(body).substring(0, 16),
                "poll",
                poll.topic(),
                "application/json",
                null,
                body,
                clock.millis());
    }

    /** What names the next page, null for none: the shop's word for it, or where it gives an address the value that the parameter with {cursor} has there; of that address nothing else is used. */
    private static String cursor(Poll poll, ShopAnswer answer) {
        String said = null;
        if (poll.cursor() == null) {
            Matcher link = NEXT.matcher(String.valueOf(answer.link()));
            said = link.find() ? link.group(1) : null;
        } else if (answer.json() != null) {
            JsonNode value = answer.json().at(poll.cursor());
            said = value.isTextual() || value.isNumber() ? value.asText() : null;
        }
        if (said == null || said.isBlank()) {
            return null;
        }
        if (poll.cursor() != null && !said.contains("?")) {
            return said;
        }
        Matcher parameter = Pattern.compile("(?:^|&)([^=&]+)=\\{cursor}").matcher(poll.next());
        if (!parameter.find()) {
            return null;
        }
        Matcher value = Pattern.compile("[?&]" + Pattern.quote(parameter.group(1)) + "=([^&#]+)")
                .matcher(said);
        return value.find() ? URLDecoder.decode(value.group(1), StandardCharsets.UTF_8) : null;
    }
}
