package aiqbridge.customer;

import aiqbridge.wallet.ShownWallet;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the caller hears of a sign-up.
 *
 * @param joined which of phone and email are joined to the member
 * @param wallet of a new member, absent where a code is required
 */
public record SignUpAnswer(
        boolean signedUp,
        boolean codeRequired,
        List<String> joined,
        @JsonInclude(JsonInclude.Include.NON_NULL) ShownWallet wallet) {}
