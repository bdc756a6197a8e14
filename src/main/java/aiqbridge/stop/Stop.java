package aiqbridge.stop;

/**
 * A stop that stands.
 *
 * @param stoppedAt epoch milliseconds
 * @param fromFile  1 where the stop file says so: it goes with the file, and nobody else lifts it
 */
public record Stop(String scope, String name, long stoppedAt, String stoppedBy, String reason, int fromFile) {
    public Scope of() {
        return new Scope(Scope.Kind.valueOf(scope), name);
    }

    /** Whether the file holds it. */
    public boolean byFile() {
        return fromFile == 1;
    }
}
