package aiqbridge.pos;

/** A redemption of a sale that is said to be completed, as callers see it too. */
public record RedemptionOfSale(String redemptionId, String status) {}
