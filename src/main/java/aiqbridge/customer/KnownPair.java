package aiqbridge.customer;

/** Under what the account knows a sign-up, this one included; nothing of either for a contact. */
public record KnownPair(String phoneHash, String emailHash) {}
