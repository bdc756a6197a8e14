package aiqbridge.page;

/** What AIQ's answers say about a key and a UID. */
public enum Verdict {
    GOOD("AIQ accepts the API key and the UID."),
    KEY_WRONG(
            "AIQ does not accept the API key. Copy it again from AIQ, Settings, API & Tracking. Whether the UID is right can only be seen with the right key."),
    UID_WRONG(
            "AIQ accepts the API key, but the UID is not its account. Compare it with AIQ, Settings, API & Tracking."),
    EITHER_WRONG(
            "AIQ accepts either the API key or the UID not, and does not say which. Compare both with AIQ, Settings, API & Tracking."),
    UNREACHABLE("AIQ cannot be reached at present, so nothing was tested. Your entry may well be right.");

    private final String sentence;

    Verdict(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
