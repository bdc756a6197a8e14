package aiqbridge.pos;

/** @param posNow by the till database's own clock, in epoch seconds; what was claimed before {@code lostBefore} was left behind by a crash */
public record RequestWindow(long posNow, long lostBefore) {}
