package aiqbridge.wallet;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;

/** Under which phone and e-mail the account knows somebody; either may be null. */
public record Identities(Phone phone, Email email) {}
