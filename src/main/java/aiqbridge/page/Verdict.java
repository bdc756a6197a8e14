package aiqbridge.page;

/** What AIQ's answers say about a key and a UID. */
public enum Verdict {
    GOOD("AIQ accepts the API key and the UID."),
    KEY_WRONG(
            "AIQ does not accept the API key. Copy it again from AIQ, Settings, API & Tracking. The UID can only be checked with the right key."),
    UID_WRONG(
            "AIQ accepts the API key, but the UID is not its account. Compare it with AIQ, Settings, API & Tracking."),
    EITHER_WRONG(
            "AIQ rejects the API key or the UID and does not say which. Compare both with AIQ, Settings, API & Tracking."),
    UNREACHABLE("AIQ cannot be reached right now, so nothing was tested. Your entry may well be right.");

    private final String sentence;

    Verdict(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
