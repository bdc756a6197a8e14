package aiqbridge.aiq;

/** AIQ has the customer as a member now (AIQ: section 5.1); the contact id is null when AIQ gave none. */
public record SignedUp(String contactId) { }
