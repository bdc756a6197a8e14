package aiqbridge.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the simulated AIQ knows: accounts, contacts, discounts, tokens, redemptions. Guarded by the simulator's lock. */
final class SimulatorShop {
    final Map<String, String> uidByKey = new HashMap<>();
    final Map<String, Contact> contacts = new LinkedHashMap<>();
    final Map<String, Discount> discounts = new LinkedHashMap<>();
    final Map<String, Token> tokens = new HashMap<>();
    final Map<String, Redemption> redemptions = new LinkedHashMap<>();
    final List<Movement> movements = new ArrayList<>();
    final Map<String, Pin> pins = new HashMap<>();
    final Map<String, Deque<Long>> calls = new HashMap<>();
    final Set<String> carts = new HashSet<>();

    static final class Contact {
        String id;
        String uid;
        /** Their key in the POS. */
        String srcId;

        String phone;
        String email;
        String firstName;
        String lastName;
        BigDecimal points = BigDecimal.ZERO;
        boolean hidePoints;
        /** Whether they are a member of the programme, which says nothing of consent. */
        boolean loyalty = true;

        Consent texts = Consent.NONE;
        Consent emails = Consent.NONE;
        /** Whether a YES to the pending question makes them a member too. */
        boolean joinsOnYes;
        /** What their wallet says, as it came about: a wallet that lags shows it as it was. */
        final List<Change> changes = new ArrayList<>();
        /** The contact that they were merged into, null for none. */
        Contact mergedInto;

        BigDecimal pointsAt(long time) {
            return points.subtract(changes.stream()
                    .filter(c -> c.at > time)
                    .map(Change::points)
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
        }

        /** When they last redeemed a discount, in milliseconds, as it was known then; null for never, or where it is theirs again. */
        Long redeemedAt(String discountId, long time) {
            return changes.stream()
                    .filter(c -> discountId.equals(c.discountId) && c.at <= time)
                    // of those of one millisecond the last
                    .reduce((before, after) -> before.at > after.at ? before : after)
                    .map(Change::redeemed)
                    .orElse(null);
        }
    }

    /**
     * @param points     by which the balance changed
     * @param discountId what is used up from then on, or theirs again; null for neither
     * @param redeemed   when it was redeemed, null where it is theirs again
     */
    record Change(long at, BigDecimal points, String discountId, Long redeemed) {}

    /** Who it is after every merge. */
    static Contact whole(Contact contact) {
        return contact == null || contact.mergedInto == null ? contact : whole(contact.mergedInto);
    }

    /** What a contact said to messages on one channel. PENDING: asked and not answered; OUT: said no in so many words. */
    enum Consent {
        NONE,
        PENDING,
        IN,
        OUT;

        /** After somebody said that the contact agrees: a no of their own stays. */
        Consent agreed() {
            return this == OUT ? OUT : IN;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Consent of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    static final class Discount {
        String id;
        String uid;
        BigDecimal points;
        boolean reusable;
        /** How long a reusable one rests after a redemption; 0 is not at all. */
        long cooldownMs;
        /** Unix seconds before which it is not on offer; 0 is none. */
        long starts;
        /** Who is offered it, null for everybody. */
        Set<String> contacts;
        /** What AIQ shows of it; its {@code expiration} (Unix seconds, 0 is none) and {@code available} are also obeyed. */
        ObjectNode template;

        boolean offeredTo(Contact contact) {
            return uid.equals(contact.uid) && (contacts == null || contacts.contains(contact.id));
        }

        boolean inWindow(long now) {
            long ends = template.path("expiration").asLong();
            return now >= starts * 1_000 && (ends == 0 || now < ends * 1_000);
        }

        /** As it was known then. */
        boolean usedUpBy(Contact contact, long then) {
            return !reusable && contact.redeemedAt(id, then) != null;
        }

        boolean coolsDownFor(Contact contact, long now) {
            Long redeemed = contact.redeemedAt(id, now);
            return reusable && redeemed != null && now < redeemed + cooldownMs;
        }
    }

    record Token(String contactId, String discountId, long madeAt) {}

    static final class Redemption {
        String id;
        Contact contact;
        Discount discount;
        String transactionId;
        BigDecimal points;
        boolean reversed;
    }

    /** A change of a balance, as the reports and the timeline show it; time in milliseconds. */
    record Movement(
            String type,
            String id,
            Contact contact,
            String discountId,
            String transactionId,
            BigDecimal points,
            String note,
            long time) {
        Movement of(Contact other) {
            return new Movement(type, id, other, discountId, transactionId, points, note, time);
        }
    }

    static final class Pin {
        String code;
        long sentAt;
        int wrong;
        boolean used;
    }

    boolean roomFor(String key, long now, SimulatorSwitches switches) {
        Deque<Long> recent = calls.computeIfAbsent(key, k -> new ArrayDeque<>());
        while (!recent.isEmpty() && recent.peekFirst() <= now - 3_600_000) {
            recent.removeFirst();
        }
        if (full(recent, now - 1_000, switches.number("per-second"))
                || full(recent, now - 60_000, switches.number("per-minute"))
                || full(recent, now - 3_600_000, switches.number("per-hour"))) {
            return false;
        }
        if (switches.number("per-second") + switches.number("per-minute") + switches.number("per-hour") > 0) {
            recent.addLast(now);
        }
        return true;
    }

    private static boolean full(Deque<Long> calls, long after, long limit) {
        if (limit == 0) {
            return false;
        }
        int n = 0;
        for (var newest = calls.descendingIterator(); newest.hasNext() && newest.next() > after; ) {
            n++;
        }
        return n >= limit;
    }
}
