package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.store.Store;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Copies the whole SQLite database, even while the bridge runs. Keep the key file in another place.")
public final class BackupCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Parameters(paramLabel = "FILE", description = "The copy; the file must not exist yet.")
    private Path file;

    @Override
    public Integer call() {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            if (!store.dialect().equals("sqlite")) {
                throw new StartRefused(
                        "The database is PostgreSQL.", "Use: pg_dump --format=custom --file=<file> <database>");
            }
            store.copyTo(file.toAbsolutePath());
        }
        System.out.println("The database is in " + file + ". Keep data/secrets.key too, in another place.");
        return 0;
    }
}
