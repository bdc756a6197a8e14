package aiqbridge.firstcontact;

import java.time.Duration;
import java.util.Locale;

/** The person at the keyboard. */
public interface Dialogue {
    void say(String text);

    /**
     * @return what was typed, without blanks around it; empty for Enter alone
     * @throws Stopped when the person wants to go on another time
     */
    String ask(String question);

    /** Nothing happens for so long. */
    void pause(Duration howLong);

    /** Only a plain yes is one. */
    default boolean yes(String question) {
        while (true) {
            switch (ask(question + " [y/N]").toLowerCase(Locale.ROOT)) {
                case "y", "yes":
                    return true;
                case "", "n", "no":
                    return false;
                default:
                    say("Please answer y or n, or stop.");
            }
        }
    }

    /** Somebody wants to go on another time, or nothing can go on now; what was found so far is kept. */
    final class Stopped extends RuntimeException {
        public Stopped(String message) {
            super(message, null, false, false);
        }
    }
}
