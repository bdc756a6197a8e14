package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Stands in for AIQ, with a switch for everything unknown and every fault on request.")
public final class SimulatorCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "8090",
            description = "AIQ's port on loopback; 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--control-port",
            defaultValue = "8091",
            description = "The port for tests: contacts, codes, switches, faults, history (default: ${DEFAULT-VALUE}).")
    private int controlPort;

    @Option(names = "--history", description = "Write every request and effect to this file, one JSON object per line.")
    private Path history;

    @Option(names = "--empty", description = "Start without the demo's account, customers and discounts.")
    private boolean empty;

    @Override
    public Integer call() throws InterruptedException {
        AiqSimulator simulator;
        try {
            simulator = AiqSimulator.start(port, controlPort, history);
        } catch (RuntimeException e) {
            throw new StartRefused(
                    "The simulator cannot listen on port " + port + " and " + controlPort + ".",
                    "Choose free ones: aiq-bridge simulator --port 0 --control-port 0");
        }
        if (!empty) {
            new SimulatorControl(simulator.controlPort()).seedDemo();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        System.out.printf(
                "AIQ's simulator is ready: aiq.base-url = %s, control http://127.0.0.1:%d (GET /switches lists what can be changed)%n",
                simulator.baseUrl(), simulator.controlPort());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
