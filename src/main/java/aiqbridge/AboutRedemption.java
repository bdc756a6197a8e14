package aiqbridge;

/** What is about one redemption: every line of the log that is written meanwhile carries its id. */
public interface AboutRedemption {
    String redemptionId();
}
