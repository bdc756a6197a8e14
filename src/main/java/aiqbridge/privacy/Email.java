package aiqbridge.privacy;

import com.fasterxml.jackson.annotation.JsonValue;

/** An e-mail, trimmed and in lower case; in text {@code a…@…}. */
public record Email(@JsonValue String plain) implements Masked {
    @Override
    public String toString() {
        return Masked.beginning(plain);
    }
}
