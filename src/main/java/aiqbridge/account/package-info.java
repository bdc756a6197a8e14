/**
 * Accounts with what they keep sealed: API keys, shops' secrets, the key that opens them, and the wording that a brand's customers agree to.
 *
 * <p>Knows: api, audit, privacy.
 */
package aiqbridge.account;
