package aiqbridge.pos;

/** A value is not what its column has to be; what it is instead is never said, it may be anybody's. */
final class Unreadable extends IllegalArgumentException {
    /** @param expected goes on after "its total is not " */
    Unreadable(String expected) {
        super(expected);
    }
}
