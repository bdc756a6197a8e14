/**
 * The command line: one class for each command.
 *
 * <p>Knows: account, api, audit, check, connection, customer, demo, dryrun, firstcontact, health, ledger, operator, page, reconcile, redemption, reversal, route, simulator,
 * stop, store,
 * storefront.kind, wallet.
 */
package aiqbridge.command;
