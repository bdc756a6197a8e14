package aiqbridge.command;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.health.LogForm;
import aiqbridge.page.PageDoor;
import aiqbridge.page.PageUsers;
import aiqbridge.route.LiveRoutes;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the bridge.")
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Option(
            names = "--after-restore",
            description =
                    "After the database was restored or copied: everything open is first compared with AIQ; nothing is sent again blindly.")
    private boolean afterRestore;

    @Option(
            names = "--dev",
            description =
                    "For editing routes: a route, template, policy or statement saved in routes/ is checked and takes effect at once; a broken one leaves the old version running. Not for production.")
    private boolean dev;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = home.settings();
        LogForm.use(settings);
        Bridge bridge = Bridge.start(home.path(), settings, Clock.systemUTC(), afterRestore);
        LiveRoutes live = dev
                ? bridge.live(home.path(), settings, Clock.systemUTC(), says -> System.out.println("dev: " + says))
                : null;
        if (dev) {
            System.out.println("dev: watching routes/; saved files take effect at once. Not for production.");
            live.watch();
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (live != null) {
                live.close();
            }
            bridge.close();
            stopped.countDown();
        }));
        long ms = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf(
                "AIQ Bridge is ready: http://%s:%s, %d connection(s), after %d ms%n",
                settings.text("http.host"),
                settings.text("http.port"),
                bridge.connections().all().size(),
                ms);
        bridge.stops()
                .standing()
                .forEach(stop -> System.out.println("STOPPED: " + stop.of().words() + ", by " + stop.stoppedBy() + ": "
                        + stop.reason() + ". Nothing of it is sent to AIQ; aiq-bridge stop lift ends it."));
        bridge.pageUsers()
                .firstCode()
                .ifPresent(code -> System.out.println("No owner can sign in to the page yet. Open "
                        + PageUsers.link(PageDoor.address(settings), code) + " (user admin)."));
        System.out.flush();
        stopped.await();
        return 0;
    }
}
