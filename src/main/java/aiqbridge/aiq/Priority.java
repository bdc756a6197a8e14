package aiqbridge.aiq;

/** Who may use AIQ's scarce calls first (routes/redemption/README.md section 8), highest first. */
public enum Priority {
    PERSON,
    REDEMPTION,
    REVERSAL,
    RECONCILIATION,
    CART,
    REPORT
}
