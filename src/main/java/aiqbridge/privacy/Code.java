package aiqbridge.privacy;

import com.fasterxml.jackson.annotation.JsonValue;

/** The code that AIQ sent a customer; in text nothing of it shows. */
public record Code(@JsonValue String plain) implements Masked {
    @Override
    public String toString() {
        return "…";
    }
}
