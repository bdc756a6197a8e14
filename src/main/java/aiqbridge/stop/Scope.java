package aiqbridge.stop;

import java.util.stream.Stream;

/**
 * What a stop is about.
 *
 * @param name the account or the connection, empty for everything
 */
public record Scope(Kind kind, String name) {
    /** How much. */
    public enum Kind {
        EVERYTHING,
        ACCOUNT,
        CONNECTION
    }

    public static final Scope EVERYTHING = new Scope(Kind.EVERYTHING, "");

    public static Scope account(String name) {
        return new Scope(Kind.ACCOUNT, name);
    }

    public static Scope connection(String name) {
        return new Scope(Kind.CONNECTION, name);
    }

    /** @param connections those that a call has to do with; null is none */
    boolean covers(String account, String... connections) {
        return switch (kind) {
            case EVERYTHING -> true;
            case ACCOUNT -> name.equals(account);
            case CONNECTION -> Stream.of(connections).anyMatch(name::equals);
        };
    }

    /** As people and the audit log call it. */
    public String words() {
        return switch (kind) {
            case EVERYTHING -> "everything";
            case ACCOUNT -> "account " + name;
            case CONNECTION -> "connection " + name;
        };
    }
}
