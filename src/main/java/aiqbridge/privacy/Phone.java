package aiqbridge.privacy;

import com.fasterxml.jackson.annotation.JsonValue;

/** A phone in E.164; in text {@code …0100}. */
public record Phone(@JsonValue String plain) implements Masked {
    @Override
    public String toString() {
        return Masked.end(plain);
    }
}
