package aiqbridge.connection;

import java.time.ZoneId;

/** A till or a storefront, as its properties file describes it: belongs to an account and a location, and its back end may call us with a key. */
public interface Connection {
    /** The file's stem; one name space for tills and storefronts. */
    String name();

    /** The account's short name. */
    String account();

    String location();

    /** Of its wall clock. */
    ZoneId zone();

    /** Whether a wallet opens only with the customer's code. */
    boolean pin();
}
