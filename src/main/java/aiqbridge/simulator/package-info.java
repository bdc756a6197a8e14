/**
 * A stand-in for AIQ, with everything unknown as a switch and every fault to order.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.simulator;
