package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.demo.Demo;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs a small shop's day on embedded databases and AIQ's simulator, and compares the books.")
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Option(names = "--keep-running", description = "Keep running afterwards, so that you can look around.")
    private boolean keepRunning;

    @Override
    public Integer call() throws Exception {
        // the environment is a shop's, the demo is not
        try (Demo demo = new Demo(
                home.path(),
                Settings.read(home.path().resolve("config/application.properties"), Map.of())
                        .checked())) {
            boolean agreed = demo.run();
            if (keepRunning) {
                System.out.println("Still running; try: " + demo.invitation());
                System.out.flush();
                new CountDownLatch(1).await();
            }
            return agreed ? 0 : 1;
        }
    }
}
