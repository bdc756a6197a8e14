package aiqbridge;

/** Hears how far a long piece of work is. */
@FunctionalInterface
public interface Progress {
    Progress UNHEARD = (done, total) -> {};

    /** @param total of the same things as {@code done}, at least as many */
    void at(long done, long total);
}
