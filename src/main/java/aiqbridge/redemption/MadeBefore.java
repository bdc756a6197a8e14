package aiqbridge.redemption;

/** The redemption that a request key made. */
public record MadeBefore(String redemptionId, String bodyHash) {}
