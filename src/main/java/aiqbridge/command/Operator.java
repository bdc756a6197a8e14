package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connections;
import aiqbridge.operator.Decision;
import aiqbridge.store.Store;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** What the commands about redemptions, reversals and carts have in common. */
final class Operator {
    private Operator() {}

    /** Why somebody decides so. */
    static final class Reason {
        @Option(
                names = "--note",
                required = true,
                paramLabel = "TEXT",
                description = "The reason, in your own words; kept in the audit log.")
        String note;

        @Option(names = "--looked-in-aiq", description = "Confirms that you looked in AIQ what became of it.")
        boolean looked;

        Decision decision() {
            return new Decision(AuditLog.operator(), note, looked);
        }
    }

    static <T> T with(Home home, BiFunction<Store, Connections, T> work) {
        Settings settings = home.settings();
        Connections connections = Connections.read(home.path(), settings, System.getenv());
        try (Store store = Store.open(settings, home.path(), false)) {
            return work.apply(store, connections);
        }
    }

    /** The audit log says that whoever is at this machine did it. */
    static void audited(Store store, String action, String subject, String note) {
        new AuditLog(store.source(), Clock.systemUTC()).record(AuditLog.operator(), action, subject, note);
    }

    static void json(Object value) {
        try {
            System.out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is absent is a dash. */
    static String or(String value) {
        return value == null || value.isEmpty() ? "-" : value;
    }
}
