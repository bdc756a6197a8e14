package aiqbridge.firstcontact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How far an account's check is, as it is kept between two sittings; names no customer. */
final class Progress {
    public Set<String> done = new LinkedHashSet<>();
    public Map<Point, Finding> findings = new EnumMap<>(Point.class);
    /** What differs, as a setting and its value. */
    public Map<String, String> settings = new LinkedHashMap<>();
    /** What AIQ's answers look like: names and types, no values. */
    public Map<String, String> shapes = new LinkedHashMap<>();

    public Trial trial;

    /** The one redemption that is made for the check, until its points are back; {@code sentAt} is kept before the first byte leaves. */
    static final class Trial {
        public String contactId;
        public String discountId;
        public BigDecimal points;
        public BigDecimal before;
        public String transactionId;
        public String redemptionId;
        public Boolean singleUse;
        public int offers;
        /** Epoch milliseconds; 0 while nothing was sent. */
        public long sentAt;

        public long answeredAt;
        /** What was sent and moves points, kept before its first byte, until its end was seen; null for none. */
        public String moving;

        /** A sitting ended while points were taken. */
        public boolean left;

        public boolean clear;
        public boolean seen;
        /** Points that AIQ took and has not given back; below 0 where it gave back too many. */
        public BigDecimal taken = BigDecimal.ZERO;

        @JsonIgnore
        boolean open() {
            return sentAt > 0 && (!clear && !seen || moving != null || taken.signum() != 0);
        }
    }
}
