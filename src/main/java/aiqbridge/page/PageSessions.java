package aiqbridge.page;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who is signed in, as rows: a restart signs nobody out, and a copied database holds no cookie that works. */
public final class PageSessions {
    private static final long MINUTE_MS = 60_000;
    private final JdbcTemplate store;
    private final Clock clock;
    private final long idleMs;
    private final long lifeMs;
    private final long confirmMs;
    private final String requiredOf;
    private final SecureRandom random = new SecureRandom();

    public PageSessions(DataSource store, Settings settings, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
        this.idleMs = settings.duration("page.session-idle").toMillis();
        this.lifeMs = settings.duration("page.session-life").toMillis();
        this.requiredOf = settings.oneOf("page.second-factor", "optional", "owners", "everyone");
        this.confirmMs = settings.duration("page.confirm-after").toMillis();
    }

    /**
     * A new session, always with a new token, whatever the browser sent before; the token for its cookie.
     *
     * @param address from where
     * @param codeDue whether a code of the second factor has to be given before anything else
     */
    public String begin(String user, String address, boolean codeDue) {
        long now = clock.millis();
        store.update("delete from page_session where created_at < ? or seen_at < ?", now - lifeMs, now - idleMs);
        String token = hex();
        store.update(
                "insert into page_session (token_hash, user_name, csrf, address, code_due, created_at, seen_at, confirmed_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                Sha256.hex(token),
                user,
                hex(),
                address,
                codeDue ? 1 : 0,
                now,
                now,
                now);
        return token;
    }

    public Optional<PageSession> find(String token) {
        long now = clock.millis();
        String key = Sha256.hex(token);
        Optional<PageSession> session = store
                .query(
                        "select s.user_name, u.role, s.csrf, s.notice, s.confirmed_at, s.code_due, f.confirmed_at as factor_at from page_session s join page_user u on u.user_name = s.user_name and u.role is not null left join page_factor f on f.user_name = s.user_name where s.token_hash = ? and s.created_at > ? and s.seen_at > ?",
                        (row, n) -> new PageSession(
                                key,
                                row.getString("user_name"),
                                Role.of(row.getString("role")).orElseThrow(),
                                row.getString("csrf"),
                                row.getString("notice"),
                                row.getLong("confirmed_at") > now - confirmMs,
                                row.getInt("code_due") == 1
                                        ? PageSession.Due.CODE
                                        : row.getLong("factor_at") == 0 && requiredOf(row.getString("role"))
                                                ? PageSession.Due.SECOND_FACTOR
                                                : null),
                        key,
                        now - lifeMs,
                        now - idleMs)
                .stream()
                .findFirst();
        session.ifPresent(s -> store.update(
                "update page_session set seen_at = ? where token_hash = ? and seen_at < ?", now, key, now - MINUTE_MS));
        return session;
    }

    private boolean requiredOf(String role) {
        return requiredOf.equals("everyone") || requiredOf.equals("owners") && role.equals(Role.OWNER.word());
    }

    /** Where this person is signed in, the latest used first. */
    List<Begun> of(String user) {
        long now = clock.millis();
        return store.query(
                "select token_hash, created_at, seen_at, address from page_session where user_name = ? and created_at > ? and seen_at > ? and code_due = 0 order by seen_at desc, created_at desc",
                (row, n) -> new Begun(
                        PageSession.id(row.getString("token_hash")),
                        row.getLong("created_at"),
                        row.getLong("seen_at"),
                        row.getString("address")),
                user,
                now - lifeMs,
                now - idleMs);
    }

    /** Times in epoch milliseconds. */
    record Begun(String id, long createdAt, long seenAt, String address) {}

    /** Whether this person had such a one. */
    boolean end(String user, String id) {
        return store.update("delete from page_session where user_name = ? and substr(token_hash, 1, 16) = ?", user, id)
                == 1;
    }

    void endOthers(PageSession session) {
        store.update("delete from page_session where user_name = ? and token_hash <> ?", session.user(), session.key());
    }

    /** The password was given again. */
    void confirm(PageSession session) {
        store.update("update page_session set confirmed_at = ? where token_hash = ?", clock.millis(), session.key());
    }

    /** For the next page; null once it was shown. */
    void notice(PageSession session, String sentence) {
        store.update("update page_session set notice = ? where token_hash = ?", sentence, session.key());
    }

    void end(PageSession session) {
        store.update("delete from page_session where token_hash = ?", session.key());
    }

    private String hex() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
