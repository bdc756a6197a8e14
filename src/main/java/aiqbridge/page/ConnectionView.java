package aiqbridge.page;

import java.util.List;

/**
 * A till or a shop as its page shows it.
 *
 * @param file       where it is described
 * @param facts      how it is heard
 * @param webhook    the address that the shop posts to; null for a till
 * @param reachable  whether that address is one that a shop can reach
 * @param secrets    what the shop signs with or shows; empty for a till
 * @param uses       the kinds of secret that this shop can have: {@code webhook, token, api}
 * @param mode       whether a till is live; null for a shop
 * @param redeems    who redeems what is chosen in the shop; null where that needs no confirmation
 * @param rows       what of a till was not read, or late; null for a shop
 * @param confirmed  whether the password was given a moment ago, so that something can be changed
 */
public record ConnectionView(
        String name,
        boolean till,
        String make,
        String account,
        String location,
        String zone,
        String file,
        State state,
        List<Fact> facts,
        String error,
        String webhook,
        boolean reachable,
        List<Key> keys,
        List<Secret> secrets,
        List<Use> uses,
        Mode mode,
        Redeems redeems,
        Rows rows,
        boolean confirmed) {
    public record Fact(String label, String value) {}

    /** @param unread how many of its rows cannot be read, {@code lateSales} how many sales of the last week were read late or never; the newest of each */
    public record Rows(long unreadRows, List<Unread> unread, long lateSales, List<Late> late) {}

    /** @param problem names the row and the column, and repeats no value */
    public record Unread(String problem, String first, String last) {}

    /** @param completed by the till's wall clock; empty where that is not known
     *  @param read      when it was read, or that it never was
     *  @param noticed   how long ago that was */
    public record Late(String sale, String completed, String read, String noticed) {}

    /** @param state empty look: ended */
    public record Key(String id, String hint, String made, State state, boolean works) {}

    public record Secret(String id, String use, String hint, String made, State state, boolean works) {}

    public record Use(String name, String words, boolean generated) {}

    /** @param byPage  the file leaves it to the page
     *  @param changed who changed it and when, empty when nobody did
     *  @param observed how many rewards it would have redeemed while it observed
     *  @param aiqTried its account has been through aiq-bridge aiq-check, or somebody said why not */
    public record Mode(boolean live, boolean byPage, String changed, long observed, boolean aiqTried) {}

    /** @param statement the same as the form sends it back, so that nobody confirms what has changed meanwhile
     *  @param confirmed who confirmed it and when; empty when nobody did */
    public record Redeems(String sentence, String statement, String confirmed) {}
}
