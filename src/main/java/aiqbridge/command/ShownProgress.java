package aiqbridge.command;

import aiqbridge.Progress;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Help.Ansi;

/** How far a command is, on the standard error: a bar on a terminal; elsewhere a plain line every few seconds, and none for what is done at once. */
final class ShownProgress implements Progress, AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private final String what;
    private final ProgressBar bar;
    private long lineAt = System.nanoTime() + BETWEEN_LINES.toNanos();

    private ShownProgress(String what, ProgressBar bar) {
        this.what = what;
        this.bar = bar;
    }

    /** @param what is counted, for example {@code Ledger entries written} */
    static ShownProgress of(String what) {
        return new ShownProgress(
                what,
                Ansi.AUTO.enabled()
                        ? new ProgressBarBuilder()
                                .setTaskName(what)
                                .setInitialMax(1)
                                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                                .build()
                        : null);
    }

    @Override
    public void at(long done, long total) {
        if (bar != null) {
            bar.maxHint(total).stepTo(done);
        } else if (System.nanoTime() - lineAt >= 0) {
            lineAt = System.nanoTime() + BETWEEN_LINES.toNanos();
            System.err.printf("%s: %,d of %,d%n", what, done, total);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
