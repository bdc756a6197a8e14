package aiqbridge.page;

import java.time.Duration;

/** How long ago something was, in a person's words. */
public final class Ago {
    private Ago() {}

    /** @param time epoch milliseconds as a database gives them; null or 0 for never */
    public static String of(Object time, long now) {
        long at = time == null ? 0 : ((Number) time).longValue();
        if (at == 0) {
            return "never";
        }
        Duration since = Duration.ofMillis(Math.max(0, now - at));
        return since.toMinutes() < 1
                ? "less than a minute ago"
                : since.toMinutes() < 120
                        ? since.toMinutes() + (since.toMinutes() == 1 ? " minute ago" : " minutes ago")
                        : since.toHours() < 48 ? since.toHours() + " hours ago" : since.toDays() + " days ago";
    }
}
