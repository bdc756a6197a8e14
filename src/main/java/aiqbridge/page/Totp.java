package aiqbridge.page;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes by the time, as every authenticator app counts them: RFC 6238 with HMAC-SHA-1, 30 seconds and six digits. */
final class Totp {
    static final int KEY_BYTES = 20;
    private static final long STEP_MS = 30_000;
    /** A clock may be so many steps off, and a person so slow. */
    private static final int NEIGHBOURS = 1;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /** The step to which the code belongs, later than the one given; empty when it belongs to none that is near. */
    static OptionalLong step(byte[] key, String code, long nowMs, long after) {
        long now = nowMs / STEP_MS;
        for (long step = Math.max(now - NEIGHBOURS, after + 1); step <= now + NEIGHBOURS; step++) {
            if (code(key, step).equals(code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static String code(byte[] key, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & 0x7fffffff;
            return String.format("%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As people type a key into their app. */
    static String base32(byte[] key) {
        StringBuilder text = new StringBuilder();
        int bits = 0, held = 0;
        for (byte one : key) {
            held = held << 8 | one & 0xff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt(held >> bits - 5 & 31));
            }
        }
        return text.toString();
    }
}
