package aiqbridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiFunction;

/** The account, the customers and the rewards of the demo. */
final class SimulatorSeed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SimulatorSeed() {}

    static void demo(BiFunction<String, JsonNode, JsonNode> command) {
        command.apply("POST /accounts", node().put("uid", "1001").put("key", "demo-key"));
        command.apply(
                "POST /contacts",
                node().put("uid", "1001")
                        .put("contactID", "c-ada")
                        .put("phone", "5555550100")
                        .put("email", "ada@example.com")
                        .put("points", "1233"));
        command.apply(
                "POST /contacts",
                node().put("uid", "1001")
                        .put("contactID", "c-ben")
                        .put("phone", "5555550101")
                        .put("points", "90"));
        command.apply(
                "POST /discounts",
                node().put("uid", "1001")
                        .put("id", "welcome")
                        .put("name", "Welcome gift")
                        .put("points", "0")
                        .put("posDiscountID", "D0")
                        .put("dollarValue", 1));
        command.apply(
                "POST /discounts",
                node().put("uid", "1001")
                        .put("id", "five-off")
                        .put("name", "$5 off")
                        .put("points", "100")
                        .put("posDiscountID", "D5")
                        .put("dollarValue", 5));
        command.apply(
                "POST /discounts",
                node().put("uid", "1001")
                        .put("id", "ten-percent")
                        .put("name", "10% off")
                        .put("points", "250")
                        .put("reusable", true)
                        .put("posDiscountID", "D10")
                        .put("percentageValue", 10));
        command.apply(
                "POST /discounts",
                node().put("uid", "1001")
                        .put("id", "grand-prize")
                        .put("name", "Grand prize")
                        .put("points", "5000")
                        .put("dollarValue", 200));
    }

    private static ObjectNode node() {
        return JSON.createObjectNode();
    }
}
