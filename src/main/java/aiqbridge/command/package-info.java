/**
 * The command line: one class for each command. On top of everything.
 *
 * <p>Knows: account, activity, api, audit, check, connection, decision, demo, dryrun, health, ledger, page, reconcile, redemption, retention, route,
 * simulator, store, storefront, wallet.
 */
package aiqbridge.command;
