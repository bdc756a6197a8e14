package aiqbridge.page;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.StartRefused;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The people who may sign in to the page, each with a role; what they do is in the audit log under their name. */
public final class PageUsers {
    static final String FIRST = "admin";

    private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int STRENGTH = 11;
    private static final BCryptPasswordEncoder BCRYPT = new BCryptPasswordEncoder(STRENGTH);
    /** Compared with when there is no such user, so that the answer takes as long; no password has this hash. */
    private static final String NOBODY = "$2a$" + STRENGTH + "$" + ".".repeat(53);

    private final JdbcTemplate store;
    private final Clock clock;
    private final long codeLifeMs;
    private final SecureRandom random = new SecureRandom();

    public PageUsers(DataSource store, Settings settings, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
        this.codeLifeMs = settings.duration("page.code-life").toMillis();
    }

    /** While no owner can sign in: a new one-time code for the first user, {@code admin}. */
    public Optional<String> firstCode() {
        return store.queryForObject(
                                "select count(*) from page_user where password_hash is not null and role = 'owner'",
                                Integer.class)
                        > 0
                ? Optional.empty()
                : Optional.of(add(FIRST, Role.OWNER));
    }

    /** Where somebody enters a one-time code; the code stands behind the sign that no browser sends on. */
    public static String link(String address, String code) {
        return address + "/first-password#" + code;
    }

    /** A one-time code with which this person, new or known, sets a password; they have this role from now on. Older codes of theirs end, their password stays until then. */
    public String add(String user, Role role) {
        if (!user.matches("[a-z0-9][a-z0-9._-]{0,39}")) {
            throw new StartRefused(
                    "The user name '" + user + "' is invalid.",
                    "Lower case letters, digits, dots and dashes, for example kim.lee.");
        }
        long now = clock.millis();
        store.update(
                "insert into page_user (user_name, role, created_at, updated_at) values (?, ?, ?, ?) on conflict (user_name) do update set role = excluded.role, updated_at = excluded.updated_at",
                user,
                role.word(),
                now,
                now);
        return code(user);
    }

    private String code(String user) {
        long now = clock.millis();
        store.update("delete from page_code where user_name = ?", user);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            code.append(i > 0 && i % 5 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        store.update(
                "insert into page_code (code_hash, user_name, created_at, expires_at) values (?, ?, ?, ?)",
                hash(code.toString()),
                user,
                now,
                now + codeLifeMs);
        return code.toString();
    }

    /**
     * The password and all sessions end at once; the code for a new password. Empty when there is no such user.
     *
     * @param factorToo the second factor ends as well
     */
    public Optional<String> reset(String user, boolean factorToo) {
        if (factorToo) {
            SecondFactor.end(store, user);
        }
        store.update("delete from page_session where user_name = ?", user);
        return store.update(
                                "update page_user set password_hash = null, updated_at = ? where user_name = ?",
                                clock.millis(),
                                user)
                        == 1
                ? Optional.of(code(user))
                : Optional.empty();
    }

    /** Empty when there is no such user. */
    public Optional<Role> role(String user) {
        return store
                .queryForList("select role from page_user where user_name = ? and role is not null", String.class, user)
                .stream()
                .findFirst()
                .flatMap(Role::of);
    }

    /** From their next request on; whether there is such a user. */
    public boolean changeRole(String user, Role role) {
        return store.update(
                        "update page_user set role = ?, updated_at = ? where user_name = ?",
                        role.word(),
                        clock.millis(),
                        user)
                == 1;
    }

    /** Whether there was such a user. */
    public boolean remove(String user) {
        store.update("delete from page_session where user_name = ?", user);
        store.update("delete from page_code where user_name = ?", user);
        SecondFactor.end(store, user);
        return store.update("delete from page_user where user_name = ?", user) == 1;
    }

    /** {@code user_name, role, created_at}, {@code can_sign_in, second_factor} (1 or 0). */
    public List<Map<String, Object>> all() {
        return store.queryForList(
                "select user_name, role, created_at, case when password_hash is null then 0 else 1 end as can_sign_in, (select count(*) from page_factor f where f.user_name = u.user_name and f.confirmed_at is not null) as second_factor from page_user u order by user_name");
    }

    /** Whom a visitor says to be: nothing they typed, which may be a password in the wrong field. */
    String named(String typed) {
        String user = typed.toLowerCase(Locale.ROOT);
        return role(user).isPresent() ? user : "unknown user";
    }

    /** Takes as long for a user that does not exist. */
    boolean check(String user, String password) {
        String hash = store
                .queryForList(
                        "select password_hash from page_user where user_name = ? and password_hash is not null",
                        String.class,
                        user)
                .stream()
                .findFirst()
                .orElse(null);
        boolean fits = password.getBytes(StandardCharsets.UTF_8).length <= Passwords.LONGEST_BYTES
                && BCRYPT.matches(password, hash == null ? NOBODY : hash);
        return fits && hash != null;
    }

    /** Whose the code is while it is good. */
    Optional<String> ofCode(String code) {
        return store
                .queryForList(
                        "select user_name from page_code where code_hash = ? and used_at is null and expires_at > ?",
                        String.class,
                        hash(code),
                        clock.millis())
                .stream()
                .findFirst();
    }

    /** Once per code; every session of this person ends. False when the code was used meanwhile. */
    boolean setPassword(String code, String user, String password) {
        if (store.update(
                        "update page_code set used_at = ? where code_hash = ? and used_at is null",
                        clock.millis(),
                        hash(code))
                != 1) {
            return false;
        }
        setPassword(user, password);
        return true;
    }

    /** Every session of this person ends. */
    void setPassword(String user, String password) {
        store.update(
                "update page_user set password_hash = ?, updated_at = ? where user_name = ?",
                BCRYPT.encode(password),
                clock.millis(),
                user);
        store.update("delete from page_session where user_name = ?", user);
    }

    private static String hash(String code) {
        return Sha256.hex(code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", ""));
    }
}
