package aiqbridge.page;

import aiqbridge.audit.AuditLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What is one's own: role, password, second factor, and where one is signed in. */
public final class YouPage {
    private final PageSessions sessions;
    private final SecondFactor factor;
    private final AuditLog audit;
    private final Clock clock;

    YouPage(PageSessions sessions, SecondFactor factor, AuditLog audit, Clock clock) {
        this.sessions = sessions;
        this.factor = factor;
        this.audit = audit;
        this.clock = clock;
    }

    public Page show(PageRequest request) {
        PageSession here = request.session();
        List<Session> shown = sessions.of(here.user()).stream()
                .map(s -> new Session(
                        s.id(),
                        Ago.of(s.createdAt(), clock.millis()),
                        s.address() == null ? "unknown" : s.address(),
                        Ago.of(s.seenAt(), clock.millis()),
                        s.id().equals(here.id())))
                .toList();
        return Page.of(
                "you", Map.of("role", here.role(), "secondFactor", factor.isSet(here.user()), "sessions", shown));
    }

    /** Field {@code session}: the id of one, or {@code others}. */
    public Page end(PageRequest request) {
        String session = request.field("session");
        if (session.equals("others")) {
            sessions.endOthers(request.session());
        } else if (!sessions.end(request.user(), session)) {
            throw PageProblem.notFound();
        }
        audit.record(
                request.user(), "page-session-end", request.user(), session.equals("others") ? "all others" : null);
        return Page.to("/you")
                .saying(session.equals("others") ? "You are signed out everywhere else." : "Signed out there.");
    }

    /** @param here whether it is the one that asks */
    public record Session(String id, String began, String address, String seen, boolean here) {}
}
