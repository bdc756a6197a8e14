/**
 * What people are shown of what happened: lists, stories, numbers and charts, as the page and the commands show them.
 *
 * <p>Knows: connection, customer, reconcile, wallet.
 */
package aiqbridge.activity;
