package aiqbridge.http;

/** The browser goes elsewhere first: to sign in, or to give the password again. */
public final class Elsewhere extends RuntimeException {
    private final String location;

    public Elsewhere(String location) {
        super("elsewhere first");
        this.location = location;
    }

    public String location() {
        return location;
    }
}
