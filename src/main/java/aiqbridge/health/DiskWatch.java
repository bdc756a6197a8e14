package aiqbridge.health;

import aiqbridge.Settings;
import aiqbridge.store.Installation;
import aiqbridge.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk under the database's file and the key file. Gauge {@code aiqbridge_disk_free_bytes}: where least is free. */
public final class DiskWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long MIB = 1L << 20;
    private final List<Path> folders;
    private final long enoughMib;
    private final HealthWatch health;
    private boolean said;

    /** @param home the folder that the settings' paths begin in */
    public DiskWatch(Path home, Settings settings, HealthWatch health, MeterRegistry metrics) {
        this.folders = Stream.of(Store.file(settings, home), Installation.file(home, settings, System.getenv()))
                .filter(Objects::nonNull)
                .map(file -> file.toAbsolutePath().getParent())
                .distinct()
                .toList();
        this.enoughMib = settings.number("health.disk-free-mib");
        this.health = health;
        Gauge.builder("aiqbridge.disk.free.bytes", this, watch -> watch.freeBytes())
                .register(metrics);
    }

    /** Says once in the log when it gets tight, and again only after there was room. */
    public void look() {
        long free = freeBytes() / MIB;
        boolean tight = free < enoughMib;
        health.disk(tight ? List.of("only " + free + " MiB are free under the bridge's database") : List.of(), free);
        if (tight && !said) {
            LOG.warn(
                    "Only {} MiB are free under the bridge's database or key file: free some space, on a full disk nothing can be promised to a till or a shop",
                    free);
        }
        said = tight;
    }

    /** Nothing where it cannot be looked at: then nothing can be written either. */
    private long freeBytes() {
        long least = Long.MAX_VALUE;
        for (Path folder : folders) {
            try {
                least = Math.min(least, Files.getFileStore(folder).getUsableSpace());
            } catch (IOException e) {
                return 0;
            }
        }
        return least;
    }
}
