/**
 * The page for the retailer: who may sign in, and what each page shows and does.
 *
 * <p>Knows: account, aiq, api, audit, connection, firstcontact, http, ledger, operator, pos, privacy, stop, store, storefront.kind, wallet, wiring.
 */
package aiqbridge.page;
