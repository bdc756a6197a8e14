package aiqbridge.redemption;

import aiqbridge.account.Accounts;
import java.time.Clock;
import java.time.LocalDate;

/** The day in an account's zone, by which its periods are closed. */
public final class LocalDay {
    private final Accounts accounts;
    private final Clock clock;

    public LocalDay(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** ISO 8601, for example {@code 2026-11-23}. */
    public String of(String accountId) {
        return LocalDate.ofInstant(clock.instant(), accounts.get(accountId).zone())
                .toString();
    }
}
