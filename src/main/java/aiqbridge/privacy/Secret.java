package aiqbridge.privacy;

/** What a shop and the bridge alone know: a webhook's secret, a token, the credentials of the shop's API; in text nothing of it shows. */
public record Secret(String plain) implements Masked {
    @Override
    public String toString() {
        return "…";
    }
}
