package aiqbridge.privacy;

import com.fasterxml.jackson.annotation.JsonValue;

/** An account's key at AIQ; in text nothing of it shows. */
public record ApiKey(@JsonValue String plain) implements Masked {
    @Override
    public String toString() {
        return "…";
    }
}
