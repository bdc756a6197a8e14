package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.route.Picture;
import aiqbridge.route.RouteFormat;
import aiqbridge.route.States;
import aiqbridge.route.Topology;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = "Shows which route calls which, from the files in routes/.")
public final class RoutesCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Only this folder of routes/; a picture then shows routes instead of folders.")
    private String folder;

    @Option(
            names = "--as",
            defaultValue = "text",
            description = {
                "text, mermaid or svg (default: ${DEFAULT-VALUE});",
                "states: what may become of a redemption, a reversal or a cart, and the statements that do it, for Mermaid."
            })
    private String form;

    @Option(
            names = "--format",
            description = "Rewrites every route file in the house style, whatever an editor made of it.")
    private boolean format;

    @Override
    public Integer call() {
        if (format) {
            RouteFormat.write(home.path()).forEach(file -> System.out.println("written " + file));
            return 0;
        }
        if (form.equals("states")) {
            System.out.print(states());
            return 0;
        }
        Topology topology = Topology.read(home.path());
        if (folder != null
                && topology.routes().stream().noneMatch(route -> route.group().equals(folder))) {
            throw new StartRefused(
                    "There is no folder " + folder + " in routes/.",
                    "One of: "
                            + String.join(
                                    ", ",
                                    topology.routes().stream()
                                            .map(route -> route.group())
                                            .distinct()
                                            .sorted()
                                            .toList())
                            + ".");
        }
        System.out.print(
                switch (form) {
                    case "text" -> topology.text(folder);
                    case "mermaid" -> Picture.of(topology, folder).mermaid();
                    case "svg" -> Picture.of(topology, folder).svg();
                    default ->
                        throw new StartRefused(
                                "Routes cannot be shown as " + form + ".",
                                "--as text, --as mermaid, --as svg or --as states");
                });
        return 0;
    }

    private String states() {
        if (folder != null && !States.tables().contains(folder)) {
            throw new StartRefused(
                    "There are no states in " + folder + ".", "One of: " + String.join(", ", States.tables()) + ".");
        }
        States states = States.read(home.path());
        return States.tables().stream()
                .filter(table -> folder == null || folder.equals(table))
                .map(states::mermaid)
                .collect(Collectors.joining("\n"));
    }
}
