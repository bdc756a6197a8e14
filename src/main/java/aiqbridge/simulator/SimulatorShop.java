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

    static final class Contact {
        String id;
        String uid;
        String phone;
        String email;
        BigDecimal points;
        boolean hidePoints;
        boolean optedOut;
        final Set<String> used = new HashSet<>();
    }

    static final class Discount {
        String id;
        String uid;
        BigDecimal points;
        boolean reusable;
        Set<String> contacts;
        ObjectNode template;
    }

    record Token(String contactId, String discountId, long madeAt) { }

    static final class Redemption {
        String id;
        Contact contact;
        Discount discount;
        String transactionId;
        BigDecimal points;
        boolean reversed;
    }

    /** A change of a balance, as the reports and the timeline show it; time in milliseconds. */
    record Movement(String type, String id, Contact contact, String discountId, String transactionId, BigDecimal points, String note, long time) { }

    static final class Pin {
        String code;
        long sentAt;
        int wrong;
        boolean used;
    }

    /** By phone first, as a careful reading has it (reference: section 2.1). */
    Contact contact(String uid, String phone, String email) {
        for (Contact c : contacts.values()) {
            if (c.uid.equals(uid) && phone != null && phone.equals(c.phone)) {
                return c;
            }
        }
        for (Contact c : contacts.values()) {
            if (c.uid.equals(uid) && phone == null && email != null && email.equals(c.email)) {
                return c;
            }
        }
        return null;
    }

    boolean roomFor(String key, long now, SimulatorSwitches switches) {
        Deque<Long> recent = calls.computeIfAbsent(key, k -> new ArrayDeque<>());
        while (!recent.isEmpty() && recent.peekFirst() <= now - 3_600_000) {
            recent.removeFirst();
        }
        if (full(recent, now - 1_000, switches.number("per-second")) || full(recent, now - 60_000, switches.number("per-minute")) || full(recent, now - 3_600_000, switches.number("per-hour"))) {
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
        for (var newest = calls.descendingIterator(); newest.hasNext() && newest.next() > after;) {
            n++;
        }
        return n >= limit;
    }
}
