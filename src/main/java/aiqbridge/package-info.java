/**
 * The bridge put together and started ({@code Application}, {@code Bridge}, {@code Beans}), and the little that every package may know ({@code Settings},
 * {@code GivenSecret}, {@code StartRefused}, {@code Sha256}, {@code Json}, {@code Progress}, {@code NewsOnly}).
 *
 * <p>Each package says whom it knows; there is no circle. On top: check, command, demo, dryrun, page, simulator. They are known to each other at most.
 */
package aiqbridge;
