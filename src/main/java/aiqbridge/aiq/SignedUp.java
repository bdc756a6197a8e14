package aiqbridge.aiq;

/**
 * AIQ has the customer as a member now (AIQ: section 5.1).
 *
 * @param contactId null when AIQ gave none
 * @param existing  AIQ says that it knew the contact before; whether it ever says so is [U]
 */
public record SignedUp(String contactId, boolean existing) {}
