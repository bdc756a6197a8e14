package aiqbridge.redemption;

/**
 * When the first of two readings was begun that say the same and are not enough alone; epoch milliseconds, null where there is none.
 *
 * @param absentSince         neither a list nor the wallet shows the effect
 * @param listsSilentSince    no list shows it, late enough that the lists alone may be believed
 * @param contactChangedSince the wallet is another contact's
 */
record Silence(Long absentSince, Long listsSilentSince, Long contactChangedSince) {
    static final Silence NONE = new Silence(null, null, null);
}
