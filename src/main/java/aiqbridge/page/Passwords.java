package aiqbridge.page;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which passwords can be used: long enough, and none that a guesser comes to early. */
final class Passwords {
    static final int SHORTEST = 12;
    /** bcrypt reads no further. */
    static final int LONGEST_BYTES = 72;
    /** Of zxcvbn's 0 to 4: a hundred million guesses do not find it. */
    private static final int SAFE = 3;
    /** Without its punctuation, which is guessed too: a million do not. */
    private static final int SAFE_BARE = 2;

    private final JdbcTemplate store;

    Passwords(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /** Null when the password can be used, else what is wrong with it. */
    String wrong(String user, String password, String again) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return "The password needs at least " + SHORTEST + " characters. A few words are fine.";
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            return "The password is too long; " + LONGEST_BYTES + " characters are enough.";
        }
        if (!password.equals(again)) {
            return "The two passwords do not match.";
        }
        // made anew: its word lists take more memory than a password is worth between two
        Zxcvbn guesser = new Zxcvbn();
        List<String> names = guessedFirst(user);
        String bare = password.replaceAll("[^\\p{L}\\p{N}]", "");
        return guesser.measure(password, names).getScore() < SAFE
                        || guesser.measure(bare, names).getScore() < SAFE_BARE
                ? "This password is too easy to guess: it is a common one, a pattern, or made of your name or brand. Take a few words that do not belong together."
                : null;
    }

    /** What somebody who knows the shop tries: names, whole and in parts. */
    private List<String> guessedFirst(String user) {
        List<String> names = new ArrayList<>(List.of(user, "aiq", "bridge", "aiqbridge", "alpineiq"));
        store.query("select account_id, brand from account", row -> {
            names.add(row.getString("account_id"));
            names.add(row.getString("brand"));
        });
        List<String> words = new ArrayList<>();
        for (String name : names) {
            String small = name.toLowerCase(Locale.ROOT);
            words.add(small);
            words.add(small.replaceAll("[^\\p{L}\\p{N}]", ""));
            words.addAll(List.of(small.split("[^\\p{L}\\p{N}]+")));
        }
        words.removeIf(word -> word.length() < 3);
        return words;
    }
}
