package aiqbridge.customer;

/** What is older than this has been kept long enough, by kind of data; epoch milliseconds, as is {@code now}. */
public record KeptLongEnough(
        long inboxBodyBefore,
        long inboxKeyBefore,
        long sessionBefore,
        long limitBefore,
        long idempotencyBefore,
        long observationBefore,
        long cartBefore,
        long saleBefore,
        long contactBefore,
        long settledBefore,
        long now) {}
