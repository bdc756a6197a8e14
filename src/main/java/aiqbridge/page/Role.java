package aiqbridge.page;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person may do on the page; each role may also do what those before it may. */
public enum Role {
    VIEWER("sees numbers and books, no customer and no key"),
    MANAGER("also sees customers and decides"),
    OWNER("everything, also accounts, keys, going live and users");

    private final String words;

    Role(String words) {
        this.words = words;
    }

    /** Empty for a word that is none. */
    public static Optional<Role> of(String word) {
        return Stream.of(values()).filter(r -> r.word().equals(word)).findFirst();
    }

    /** As it is stored, typed and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
