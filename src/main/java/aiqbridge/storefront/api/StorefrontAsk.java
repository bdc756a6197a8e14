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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a shop for what it changed since it was last asked, page by page; the first time, since now. Where a list is sorted by the time of the change, the next page begins a
 * second before the last change of this one: what changes while we read cannot push anything past us. What was heard before is harmless to hear again.
 */
public final class StorefrontAsk {
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,<]*rel=\"?next\"?");
    private static final DateTimeFormatter WITHOUT_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITH_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssX").withZone(ZoneOffset.UTC);
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
     * How far the asking is.
     *
     * @param left   the lists still to be read, the present one first
     * @param from   epoch milliseconds from which every list is read
     * @param since  the same for the present page
     * @param cursor the shop's name for the present page, null for its first
     * @param pages  read of the present list
     * @param last   the latest change in it
     * @param sorted whether its changes came in order so far
     * @param until  up to when everything was read, when all is done
     * @param rows   of the page just read, for the inbox
     */
    public record Asking(
            String connection,
            List<Poll> left,
            long from,
            long since,
            int page,
            String cursor,
            int pages,
            long last,
            boolean sorted,
            long until,
            List<Found> rows) {
        public boolean isMore() {
            return !left.isEmpty();
        }

        private Asking rows(List<Found> rows, long last, boolean sorted) {
            return new Asking(connection, left, from, since, page, cursor, pages + 1, last, sorted, until, rows);
        }

        private Asking page(long since, int page, String cursor) {
            return new Asking(connection, left, from, since, page, cursor, pages, last, sorted, until, rows);
        }

        private Asking nextList(long until) {
            return new Asking(connection, left.subList(1, left.size()), from, from, 1, null, 0, 0, true, until, rows);
        }
    }

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

    /** Up to when the shop was asked, in epoch milliseconds. */
    public record Asked(String connection, long askedUntil) {}

    public record AskFailed(String connection, String lastError) {}

    /** @param state up to when it was asked, epoch milliseconds; none or null before the first time */
    public Asking begin(String connection, List<Long> state) {
        long now = clock.millis();
        Long askedUntil = state.isEmpty() ? null : state.get(0);
        long from = (askedUntil == null ? now : askedUntil) - overlap.toMillis();
        return new Asking(connection, api.kind(connection).polls(), from, from, 1, null, 0, 0, true, now, List.of());
    }

    public ShopCall question(Asking asking) {
        Poll poll = asking.left().get(0);
        Instant since = Instant.ofEpochMilli(asking.since());
        String query = (asking.cursor() == null ? poll.query() : poll.next())
                .replace("{since}", ShopApi.encoded(WITH_ZONE.format(since)))
                .replace("{since-utc}", ShopApi.encoded(WITHOUT_ZONE.format(since)))
                .replace("{size}", Integer.toString(poll.size()))
                .replace("{page}", Integer.toString(asking.page()))
                .replace("{cursor}", ShopApi.encoded(String.valueOf(asking.cursor())));
        return new ShopCall(asking.connection(), poll.path(), query);
    }

    /** @throws ShopRefused when the answer is not the list that was asked for */
    public Asking heard(Asking asking, ShopAnswer answer) {
        Poll poll = asking.left().get(0);
        List<Found> rows = new ArrayList<>();
        long last = asking.last();
        boolean sorted = asking.sorted();
        for (JsonNode item : list(poll, answer)) {
            Long changed = ShopTime.read(item.at(poll.changed()), ZoneOffset.UTC);
            sorted &= changed != null && changed >= last;
            last = changed == null ? last : Math.max(last, changed);
            rows.add(row(asking.connection(), poll, item, changed));
        }
        Asking read = asking.rows(rows, last, sorted);
        String cursor = poll.next() == null ? null : cursor(poll.next(), answer.link());
        if (poll.next() == null ? rows.size() < poll.size() : cursor == null) {
            return read.nextList(read.until());
        }
        if (read.pages() >= mostPages) {
            if (!sorted) {
                throw new ShopRefused("More than " + mostPages + " pages of " + poll.name()
                        + " changed, unsorted; raise storefront.ask-pages.");
            }
            return read.nextList(Math.min(read.until(), last));
        }
        return cursor != null
                ? read.page(read.since(), 1, cursor)
                : sorted && last - 1_000 > read.since()
                        ? read.page(last - 1_000, 1, null)
                        : read.page(read.since(), read.page() + 1, null);
    }

    /** Where the asking stands from now on. */
    public Asked ended(Asking asking) {
        return new Asked(asking.connection(), asking.until());
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

    private static Iterable<JsonNode> list(Poll poll, ShopAnswer answer) {
        if (answer.body() == null) {
            throw new ShopRefused("The shop's API has nothing at " + poll.path() + "; is api.url right?");
        }
        if (answer.body().isBlank()) {
            return List.of();
        }
        try {
            JsonNode list = ShopJson.checked(answer.json()).at(poll.items());
            if (list.isArray()) {
                return list;
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

    /** The value that the parameter with {cursor} has in the address of the next page; of that address nothing else is used. */
    private static String cursor(String next, String link) {
        Matcher parameter = Pattern.compile("(?:^|&)([^=&]+)=\\{cursor}").matcher(next);
        Matcher address = NEXT.matcher(String.valueOf(link));
        if (!parameter.find() || !address.find()) {
            return null;
        }
        Matcher value = Pattern.compile("[?&]" + Pattern.quote(parameter.group(1)) + "=([^&#]+)")
                .matcher(address.group(1));
        return value.find() ? URLDecoder.decode(value.group(1), StandardCharsets.UTF_8) : null;
    }
}
