package aiqbridge.privacy;

import com.fasterxml.jackson.annotation.JsonValue;

/** An address that whoever knows it may use, as AIQ's redemption URLs are; in text nothing of it shows. */
public record SecretUrl(@JsonValue String plain) implements Masked {
    @Override
    public String toString() {
        return "…";
    }
}
