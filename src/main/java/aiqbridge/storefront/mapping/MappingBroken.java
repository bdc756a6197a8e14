package aiqbridge.storefront.mapping;

/** The mapping of a kind cannot be used: its deliveries wait until it can. The message names the file and the line. */
public final class MappingBroken extends RuntimeException {
    public MappingBroken(String message) {
        super(message);
    }
}
