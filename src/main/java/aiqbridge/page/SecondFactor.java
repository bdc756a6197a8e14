package aiqbridge.page;

import aiqbridge.Sha256;
import aiqbridge.account.KeyRotation;
import aiqbridge.account.Secrets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody's authenticator app beside the password: its key, sealed; no code counts twice; and recovery codes for who has lost the app, each once. */
final class SecondFactor {
    private static final int RECOVERY_CODES = 10;
    private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private final JdbcTemplate store;
    private final TransactionTemplate transaction;
    private final Secrets secrets;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactor(DataSource store, Secrets secrets, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.secrets = secrets;
        this.clock = clock;
    }

    boolean isSet(String user) {
        return store.queryForObject(
                        "select count(*) from page_factor where user_name = ? and confirmed_at is not null",
                        Integer.class,
                        user)
                == 1;
    }

    /** The key that waits for its first code: the same one until then. */
    byte[] waiting(String user) {
        byte[] key = new byte[Totp.KEY_BYTES];
        random.nextBytes(key);
        store.update(
                "insert into page_factor (user_name, sealed, created_at) values (?, ?, ?) on conflict (user_name) do nothing",
                user,
                secrets.seal(Base64.getEncoder().encodeToString(key), KeyRotation.factorOf(user)),
                clock.millis());
        try {
            return key(user);
        } catch (Secrets.NotOurs lost) {
            store.update("delete from page_factor where user_name = ? and confirmed_at is null", user);
            return waiting(user);
        }
    }

    private byte[] key(String user) {
        return Base64.getDecoder()
                .decode(secrets.open(
                        store.queryForObject("select sealed from page_factor where user_name = ?", String.class, user),
                        KeyRotation.factorOf(user)));
    }

    /** The app shows the right code for the key that waits: from now on it is asked for. The recovery codes, empty when the code is wrong. */
    List<String> set(String user, String code) {
        return transaction.execute(status -> {
            if (isSet(user) || !counts(user, code)) {
                return List.of();
            }
            store.update("update page_factor set confirmed_at = ? where user_name = ?", clock.millis(), user);
            return recoveryCodes(user);
        });
    }

    /** New ones; the older ones end. */
    List<String> recoveryCodes(String user) {
        List<String> codes = new ArrayList<>();
        store.update("delete from page_recovery_code where user_name = ?", user);
        for (int i = 0; i < RECOVERY_CODES; i++) {
            StringBuilder code = new StringBuilder();
            for (int letter = 0; letter < 16; letter++) {
                code.append(letter > 0 && letter % 4 == 0 ? "-" : "")
                        .append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            codes.add(code.toString());
            store.update(
                    "insert into page_recovery_code (code_hash, user_name) values (?, ?)",
                    hash(user, codes.get(i)),
                    user);
        }
        return codes;
    }

    /** Of the app or a recovery code; each counts once. */
    boolean check(String user, String typed) {
        String code = typed.replaceAll("\\s", "");
        return isSet(user) && (code.matches("[0-9]{6}") ? counts(user, code) : recovers(user, code));
    }

    private boolean counts(String user, String code) {
        Map<String, Object> row = store.queryForMap("select used_step from page_factor where user_name = ?", user);
        long used = ((Number) row.get("used_step")).longValue();
        OptionalLong step;
        try {
            step = Totp.step(key(user), code, clock.millis(), used);
        } catch (Secrets.NotOurs lost) {
            return false; // a recovery code still lets in, or aiq-bridge users reset
        }
        return step.isPresent()
                && store.update(
                                "update page_factor set used_step = ? where user_name = ? and used_step < ?",
                                step.getAsLong(),
                                user,
                                step.getAsLong())
                        == 1;
    }

    private boolean recovers(String user, String code) {
        return store.update(
                        "update page_recovery_code set used_at = ? where code_hash = ? and user_name = ? and used_at is null",
                        clock.millis(),
                        hash(user, code),
                        user)
                == 1;
    }

    int recoveryCodesLeft(String user) {
        return store.queryForObject(
                "select count(*) from page_recovery_code where user_name = ? and used_at is null", Integer.class, user);
    }

    /** The password alone is asked for again. */
    void end(String user) {
        end(store, user);
    }

    static void end(JdbcTemplate store, String user) {
        store.update("delete from page_recovery_code where user_name = ?", user);
        store.update("delete from page_factor where user_name = ?", user);
    }

    private static String hash(String user, String code) {
        return Sha256.hex(user + " " + code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", ""));
    }
}
