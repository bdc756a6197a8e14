package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.TestBridge;
import aiqbridge.TestBridge.TestClock;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TopologyTest {
    @TempDir
    Path folder;

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

    /** Camel's own model, so that no way of writing passes by it. */
    @Test
    void the_shipped_routes_use_few_components_steps_and_languages() {
        try (TestBridge bridge = new TestBridge(folder, TestClock.atNow(), TestBridge.everyRouteAtOnce())) {
            ModelCamelContext camel = (ModelCamelContext) bridge.bridge().camel();
            Set<String> schemes = new TreeSet<>();
            camel.getEndpoints()
                    .forEach(endpoint -> schemes.add(endpoint.getEndpointUri().replaceFirst(":.*", "")));
            assertThat(schemes).isSubsetOf("direct", "sql", "quartz", "platform-http", "https", "log");
            Set<String> steps = new TreeSet<>();
            Set<String> languages = new TreeSet<>();
            List<String> expressions = new ArrayList<>();
            for (RouteDefinition route : camel.getRouteDefinitions()) {
                for (ProcessorDefinition<?> step : steps(route)) {
                    steps.add(step.getShortName());
                    if (step instanceof HasExpressionType one && one.getExpressionType() != null) {
                        languages.add(one.getExpressionType().getLanguage());
                        expressions.add(String.valueOf(one.getExpressionType().getExpression()));
                    }
                }
            }
            assertThat(steps)
                    .isSubsetOf(
                            "to",
                            "bean",
                            "setHeader",
                            "setHeaders",
                            "setVariable",
                            "setVariables",
                            "setProperty",
                            "setBody",
                            "removeHeader",
                            "removeHeaders",
                            "convertBodyTo",
                            "marshal",
                            "unmarshal",
                            "filter",
                            "choice",
                            "when",
                            "otherwise",
                            "split",
                            "loop",
                            "recipientList",
                            "doTry",
                            "doCatch",
                            "doFinally",
                            "onException",
                            "onWhen",
                            "throwException",
                            "transacted",
                            "log",
                            "stop");
            assertThat(languages).isSubsetOf("simple", "constant");
            assertThat(expressions).hasSizeGreaterThan(100).allSatisfy(text -> assertThat(text)
                    .doesNotContainPattern(
                            "(env|sys|sysenv|type|camelContext|random|bean:type)[:.]|#class:|resource:"));
        }
    }

    @SuppressWarnings("rawtypes")
    private static Collection<ProcessorDefinition> steps(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class);
    }
}
