package aiqbridge.firstcontact;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Answers questions by what stands in them; says yes to nothing that it was not told to. */
final class TestPerson implements Dialogue {
    private final Shop shop;
    private final Map<String, Supplier<String>> answers = new LinkedHashMap<>();
    final List<String> said = new ArrayList<>();
    Duration waited = Duration.ZERO;
    String stopsAt;

    TestPerson(Shop shop) {
        this.shop = shop;
    }

    /** What was told last goes first. */
    TestPerson answers(String question, Supplier<String> answer) {
        Map<String, Supplier<String>> before = new LinkedHashMap<>(answers);
        answers.clear();
        answers.put(question, answer);
        before.forEach(answers::putIfAbsent);
        return this;
    }

    TestPerson answers(String question, String answer) {
        return answers(question, () -> answer);
    }

    /** Whoever goes the whole way with Ada as the test customer. */
    static TestPerson willing(Shop shop) {
        return new TestPerson(shop)
                .answers("Phone number of nobody", "303 555 0198")
                .answers("Its phone number", "(555) 555-0100")
                .answers("last four digits", "0100")
                .answers(
                        "How many points does AIQ show",
                        () -> shop.aiq.points("c-ada").toPlainString())
                .answers("AIQ's id of the contact", "c-ada")
                .answers("Send it?", "y")
                .answers("The code, once it is there", () -> shop.aiq.pin("c-ada"))
                .answers("Do it?", "y")
                .answers("Read until AIQ refuses?", () -> {
                    // the clocks stand still, so that every call is of one second
                    shop.aiq.set("per-second", "5");
                    return "y";
                })
                .answers("Phone number of the new contact", "303 555 0197")
                .answers("Which one is redeemed", "2")
                .answers("Redeem it?", "y")
                .answers("Does AIQ show an abandoned cart", "y")
                .answers("the reward \"Welcome gift\"", "0")
                .answers("the reward \"$5 off\"", "100");
    }

    @Override
    public void say(String text) {
        said.add(text);
    }

    @Override
    public String ask(String question) {
        said.add(question);
        if (stopsAt != null && question.contains(stopsAt)) {
            throw new Stopped("");
        }
        return answers.entrySet().stream()
                .filter(one -> question.contains(one.getKey()))
                .map(one -> one.getValue().get())
                .findFirst()
                .orElse("");
    }

    @Override
    public void pause(Duration howLong) {
        waited = waited.plus(howLong);
        shop.passes(howLong);
    }

    String all() {
        return String.join("\n", said);
    }
}
