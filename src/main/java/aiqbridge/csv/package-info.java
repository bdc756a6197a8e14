/**
 * How a table becomes CSV.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.csv;
