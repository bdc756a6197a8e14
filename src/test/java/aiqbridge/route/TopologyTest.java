package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.TestBridge;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TopologyTest {
    private final Topology topology = Topology.read(TestBridge.HOME);

    @Test
    void the_picture_in_the_README_is_current() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .as("write what this prints: aiq-bridge routes --as mermaid")
                .contains("```mermaid\n" + Picture.of(topology, null).mermaid() + "```");
    }

    @Test
    void every_route_is_there_and_leads_to_one_that_exists() {
        assertThat(topology.routes()).hasSizeGreaterThan(100).allSatisfy(route -> assertThat(route.description())
                .endsWith("."));
        for (RouteFile.Route route : topology.routes()) {
            for (String use : route.uses()) {
                if (use.startsWith("direct:")) {
                    assertThat(topology.handedTo(use))
                            .as(route.id() + " hands over to " + use)
                            .isNotEmpty();
                }
            }
        }
        assertThat(topology.text("redemption"))
                .contains(
                        "redemption-execute: ",
                        "to   redemption-execute-account",
                        "sql  execute/accounts-due.sql",
                        "from quartz:redemption/redemption-execute")
                .doesNotContain("cart-sweep: ");
    }

    @Test
    void the_drawing_is_one_and_shows_every_route_of_a_folder() throws Exception {
        for (String folder : new TreeSet<>(
                topology.routes().stream().map(RouteFile.Route::group).toList())) {
            Document svg = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(
                            new StringReader(Picture.of(topology, folder).svg())));
            Set<String> boxes = new TreeSet<>();
            for (int i = 0; i < svg.getElementsByTagName("text").getLength(); i++) {
                assertThat(boxes.add(svg.getElementsByTagName("text").item(i).getTextContent()))
                        .isTrue();
            }
            List<String> connected = topology.within(folder).stream()
                    .flatMap(edge -> List.of(edge.from(), edge.to()).stream())
                    .distinct()
                    .toList();
            assertThat(boxes).containsExactlyInAnyOrderElementsOf(connected);
        }
    }

    @Test
    void every_shipped_route_is_within_what_dev_allows() throws Exception {
        for (Path file : Topology.files(TestBridge.HOME)) {
            RouteFile.read(file).within(Set.of("direct", "sql", "quartz", "platform-http", "log"));
        }
    }
}
