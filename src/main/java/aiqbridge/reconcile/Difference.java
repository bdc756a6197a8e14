package aiqbridge.reconcile;

import java.math.BigDecimal;

/**
 * One row that does not balance.
 *
 * @param cause        a word with dashes, for example {@code not-in-aiq}
 * @param ledgerPoints what the ledger says, null where it says nothing; so with AIQ's and the till's
 * @param sentence     what was found and the likely cause, for people; names no customer
 */
public record Difference(
        String cause,
        String redemptionId,
        String connection,
        String transactionId,
        BigDecimal ledgerPoints,
        BigDecimal aiqPoints,
        BigDecimal tillPoints,
        String sentence) {}
