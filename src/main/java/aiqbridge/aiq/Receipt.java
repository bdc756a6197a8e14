package aiqbridge.aiq;

/** AIQ's answer to a redemption (AIQ: section 3.1, shape [U]); the id is null when AIQ gave none. */
public record Receipt(String aiqRedemptionId) {}
