/**
 * The page for the retailer: who may sign in, and what each page shows and does.
 *
 * <p>Knows: account, activity, aiq, api, audit, connection, csv, decision, pos, storefront, wallet.
 */
package aiqbridge.page;
