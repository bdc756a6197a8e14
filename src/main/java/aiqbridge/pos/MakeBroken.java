package aiqbridge.pos;

/** A till cannot be polled because a file of its make is missing or wrong; the message says which. */
public final class MakeBroken extends RuntimeException {
    public MakeBroken(String message) {
        super(message);
    }
}
