package aiqbridge.firstcontact;

import aiqbridge.aiq.Discount;
import aiqbridge.aiq.RedemptionUrl;
import aiqbridge.aiq.Wallet;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The test customer's wallet: what its fields are called, and what it shows now. */
final class Wallets {
    private static final Set<String> KNOWN_FIELDS = Set.of(
            "id",
            "posDiscountID",
            "name",
            "pageTitle",
            "avatar",
            "inStoreRedemption",
            "pointsDeduction",
            "redemptionURL",
            "available",
            "expiration",
            "dollarValue",
            "percentageValue",
            "reusable",
            "tierDiscount",
            "min",
            "priceCap");
    private final Sitting s;
    private final Asks.Customer customer;

    Wallets(Sitting sitting, Asks.Customer customer) {
        this.s = sitting;
        this.customer = customer;
    }

    /** As the bridge reads it under the settings so far; null where it cannot be read. */
    Wallet read() {
        return s.call("wallet", customer).answer().value() instanceof Wallet wallet ? wallet : null;
    }

    void look() {
        BigDecimal shown = typed("  How many points does AIQ show for it? Enter if it shows none")
                .orElse(null);
        JsonNode data = s.call("wallet", customer).data();
        boolean points = points(data, shown);
        String list = list(data);
        contact(data);
        if (list == null) {
            return;
        }
        JsonNode discounts = Sitting.at(data, list);
        boolean fields = discounts.size() > 0 && fields(discounts);
        if (points && fields && list.equals("discountTemplates")) {
            s.confirmed(Point.WALLET_FIELDS, "all have the known names");
        }
        described(discounts);
        Wallet wallet = read();
        if (wallet != null && wallet.points() != null) {
            boolean dearer = wallet.offered().stream()
                    .anyMatch(d -> d.points() != null && d.points().compareTo(wallet.points()) > 0);
            if (dearer) {
                s.confirmed(Point.LOCKED, "one that costs more than the balance is listed");
            } else {
                s.notSeen(Point.LOCKED, "none costs more than the balance, or such are not listed");
            }
        }
    }

    private boolean points(JsonNode data, BigDecimal shown) {
        if (data.path("hidePointsInWallet").asBoolean(false)) {
            s.notSeen(Point.P, "the brand hides points");
            return true;
        }
        Optional<BigDecimal> known = Fields.number(data.path("loyaltyPoints"));
        if (known.isPresent() && (shown == null || known.get().compareTo(shown) == 0)) {
            return true;
        }
        Optional<String> other = shown == null
                ? Optional.empty()
                : data.properties().stream()
                        .filter(f -> Fields.number(shown).test(f.getValue()))
                        .map(Map.Entry::getKey)
                        .min(Comparator.comparing(name -> !name.matches("(?i).*(point|balance).*")));
        if (other.isPresent()) {
            s.differs(Point.WALLET_FIELDS, "the balance stands in " + other.get());
            s.rename("loyaltyPoints", other.get());
        } else if (known.isPresent()) {
            s.differs(Point.WALLET_FIELDS, "the wallet's balance is another than AIQ shows");
        } else {
            s.differs(Point.WALLET_FIELDS, "no balance was found");
        }
        return false;
    }

    /** Where the discounts are; null where there is no list. */
    private String list(JsonNode data) {
        if (data.path("discountTemplates").isArray()) {
            return "discountTemplates";
        }
        Optional<String> other =
                Fields.named(data, value -> value.isArray() && value.path(0).isObject());
        if (other.isPresent()) {
            s.differs(Point.WALLET_FIELDS, "the discounts stand in " + other.get());
            s.rename("discountTemplates", other.get());
            return other.get();
        }
        s.differs(
                Point.WALLET_FIELDS,
                data.path("discountTemplates").isNull()
                        ? "the list of discounts is null: does the contact have any?"
                        : "no list of discounts was found");
        return null;
    }

    private void contact(JsonNode data) {
        String known = s.aiq.setting("aiq.contact-id-field");
        if (data.path(known).isValueNode() && !data.path(known).asText().isBlank()) {
            s.confirmed(Point.WALLET_CONTACT, "in " + known);
            return;
        }
        String typed = s.person.ask(
                "  AIQ's id of the contact, as it stands in the address of its page; Enter if you do not know it");
        Optional<String> field = typed.isEmpty()
                ? data.properties().stream()
                        .filter(f -> f.getKey().matches("(?i).*(contact|persona|customer|cnt|member).*id.*")
                                && f.getValue().isValueNode()
                                && !f.getValue().isNull())
                        .map(Map.Entry::getKey)
                        .findFirst()
                : Fields.named(data, Fields.text(typed));
        if (field.isPresent() && !field.get().contains(".")) {
            s.differs(Point.WALLET_CONTACT, "in " + field.get());
            s.set("aiq.contact-id-field", field.get());
        } else {
            s.differs(
                    Point.WALLET_CONTACT,
                    "it does not: what is in doubt is left to a person, and points are given back by hand");
        }
    }

    /** What the fields of a discount are called; true when as known. */
    private boolean fields(JsonNode discounts) {
        JsonNode one = discounts.get(0);
        boolean known = true;
        if (one.path("redemptionURL").asText("").isEmpty()) {
            known = false;
            renamed(
                    "redemptionURL",
                    "the redemption URL",
                    Fields.named(
                            one,
                            value -> value.isTextual()
                                    && value.asText().matches("https?://.*")
                                    && !value.asText().matches("(?i).*\\.(png|jpe?g|gif|webp|svg)(\\?.*)?")
                                    && value.asText()
                                            .matches("(?i).*(redeem|" + Pattern.quote(s.account.uid()) + ").*")));
        }
        String url = Fields.named(
                        one, value -> value.isTextual() && value.asText().matches("https?://.*redeem.*"))
                .map(name -> Sitting.at(one, name).asText())
                .orElse("");
        if (!one.path("id").isValueNode()) {
            known = false;
            renamed(
                    "id",
                    "the discount's id",
                    Fields.named(
                            one,
                            value -> (value.isTextual() || value.isNumber())
                                    && !value.asText().isBlank()
                                    && url.matches(".*/" + Pattern.quote(value.asText()) + "(/.*)?")));
        }
        if (Fields.number(one.path("pointsDeduction")).isEmpty()) {
            known = false;
            renamed("pointsDeduction", "the price in points", price(discounts));
        }
        if (!one.path("reusable").isBoolean()) {
            Optional<String> field =
                    Fields.named(one, JsonNode::isBoolean).filter(f -> f.matches("(?i).*(reus|multi|repeat).*"));
            if (field.isPresent()) {
                known = false;
                renamed("reusable", "whether it is reusable", field);
            } else {
                s.notSeen(Point.U, "nothing says whether a discount is reusable; each counts as such");
            }
        }
        return known;
    }

    /** The one field that has the price of every reward that the person looked up. */
    private Optional<String> price(JsonNode discounts) {
        Set<String> candidates = null;
        for (JsonNode one : discounts) {
            Optional<BigDecimal> price = typed("  How many points does the reward \""
                    + one.path("name").asText("without a name") + "\" cost in AIQ? Enter if you do not know");
            if (price.isPresent()) {
                Set<String> here = new TreeSet<>();
                one.properties().stream()
                        .filter(f -> !KNOWN_FIELDS.contains(f.getKey())
                                && Fields.number(price.get()).test(f.getValue()))
                        .forEach(f -> here.add(f.getKey()));
                if (candidates == null) {
                    candidates = here;
                } else {
                    candidates.retainAll(here);
                }
                if (candidates.size() < 2) {
                    break;
                }
            }
        }
        return candidates == null ? Optional.empty() : candidates.stream().findFirst();
    }

    private Optional<BigDecimal> typed(String question) {
        return Fields.number(new TextNode(s.person.ask(question).replace(",", "")));
    }

    private void renamed(String name, String what, Optional<String> field) {
        if (field.isPresent() && !field.get().contains(".")) {
            s.differs(Point.WALLET_FIELDS, what + " stands in " + field.get());
            s.rename(name, field.get());
        } else {
            s.differs(Point.WALLET_FIELDS, what + " was not found");
        }
    }

    private void described(JsonNode discounts) {
        Set<String> further = new TreeSet<>();
        Set<String> renamed =
                new TreeSet<>(List.of(s.aiq.setting("aiq.answer-names").split("[\\s,:]+")));
        for (JsonNode one : discounts) {
            one.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !KNOWN_FIELDS.contains(name) && !renamed.contains(name))
                    .forEach(further::add);
            JsonNode expires = one.path("expiration");
            if (Fields.millis(expires).isPresent()) {
                boolean seconds = expires.isNumber() && expires.longValue() < Fields.FIRST_MILLIS;
                if (seconds) {
                    s.confirmed(Point.EXPIRATION, "it is");
                } else {
                    s.differs(Point.EXPIRATION, "it is not, and understood all the same");
                }
            }
        }
        s.notSeen(Point.EXPIRATION, "no discount of this wallet expires");
        String seen = further.isEmpty() ? "no field but the known ones" : "seen: " + String.join(", ", further);
        if (further.contains(s.aiq.setting("aiq.minimum-spend-field"))) {
            s.confirmed(Point.FURTHER_FIELDS, seen);
        } else if (further.stream().anyMatch(name -> name.matches("(?i).*(min|spend|stack|cool|start).*"))) {
            s.differs(
                    Point.FURTHER_FIELDS, seen + ". The one with the minimum spend goes into aiq.minimum-spend-field");
        } else {
            s.notSeen(Point.FURTHER_FIELDS, seen);
        }
    }

    /** Whether the bridge may call the address, and what has to be set for it. */
    void redemptionUrl(Discount discount) {
        URI base = URI.create(s.aiq.setting("aiq.base-url"));
        String url =
                discount.redemptionUrl() == null ? "" : discount.redemptionUrl().plain();
        String path = s.aiq.setting("aiq.redemption-url-path");
        try {
            RedemptionUrl.parse(url, base, path, s.account.uid());
            s.confirmed(Point.REDEMPTION_URL, "it is");
            return;
        } catch (RedemptionUrl.Refused e) {
            int uid = url.indexOf("/" + s.account.uid() + "/");
            String prefix = s.aiq.setting("aiq.base-url").replaceFirst("/$", "");
            if (uid > prefix.length() && url.startsWith(prefix + "/")) {
                s.differs(Point.REDEMPTION_URL, "it begins with another path");
                s.set("aiq.redemption-url-path", url.substring(prefix.length(), uid) + "/{uid}/");
            } else {
                s.differs(Point.REDEMPTION_URL, e.getMessage() + "; the bridge does not call it. Ask AIQ");
            }
        }
    }
}
