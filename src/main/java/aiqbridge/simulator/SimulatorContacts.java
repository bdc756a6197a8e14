package aiqbridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.function.Predicate;

/** Who AIQ's contacts are, who of them is a member, and what they agreed to (AIQ: sections 5 and 7.3). */
final class SimulatorContacts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SimulatorShop shop;
    private final SimulatorSwitches switches;
    private final SimulatorBooks books;

    SimulatorContacts(SimulatorShop shop, SimulatorSwitches switches, SimulatorBooks books) {
        this.shop = shop;
        this.switches = switches;
        this.books = books;
    }

    /** Whom a phone or an e-mail names, null for nobody. */
    SimulatorShop.Contact find(String uid, String phone, String email) {
        SimulatorShop.Contact byPhone = phone == null ? null : find(uid, c -> phone.equals(c.phone));
        SimulatorShop.Contact byEmail = email == null ? null : find(uid, c -> email.equals(c.email));
        boolean emailWins = switches.text("identity-wins").equals("email");
        return byPhone == null || byEmail != null && emailWins ? byEmail : byPhone;
    }

    private SimulatorShop.Contact find(String uid, Predicate<SimulatorShop.Contact> wanted) {
        SimulatorShop.Contact found = null;
        for (SimulatorShop.Contact c : shop.contacts.values()) {
            if (c.uid.equals(uid)
                    && wanted.test(c)
                    && (found == null || switches.text("same-phone").equals("last"))) {
                found = c;
            }
        }
        return SimulatorShop.whole(found);
    }

    /** The account's contact with this id, null for none. */
    SimulatorShop.Contact known(String uid, String contactId) {
        SimulatorShop.Contact contact = shop.contacts.get(contactId);
        return contact != null && contact.uid.equals(uid) ? SimulatorShop.whole(contact) : null;
    }

    /** Whose wallet is asked for, null for nobody. */
    SimulatorShop.Contact member(String uid, SimulatorCall call) {
        SimulatorShop.Contact contact = find(uid, call.text("phone"), call.text("email"));
        return contact == null || contact.loyalty || switches.text("non-member").equals("wallet") ? contact : null;
    }

    SimulatorReply nobody() {
        return switch (switches.text("unknown-customer")) {
            case "400" -> SimulatorReply.error(400, "No customer exists with phone number error");
            case "null-data" -> SimulatorReply.good(JSON.nullNode());
            default -> SimulatorReply.error(404, "No customer exists with phone number error");
        };
    }

    SimulatorReply signUp(String uid, SimulatorCall call) {
        String phone = call.text("mobilePhone");
        String email = call.text("email");
        if (phone == null && email == null
                || !call.json().path("customAttributes").isMissingNode()
                        && !call.json().path("customAttributes").isArray()
                || !call.json().path("favoriteStoreID").isMissingNode()
                        && !call.json().path("favoriteStoreID").isInt()) {
            return SimulatorReply.error(400, "Bad Request");
        }
        SimulatorShop.Contact contact = find(uid, phone, email);
        boolean existed = contact != null;
        if (!existed) {
            contact = new SimulatorShop.Contact();
            contact.id = "c_" + UUID.randomUUID();
            contact.uid = uid;
            contact.loyalty = false;
            shop.contacts.put(contact.id, contact);
        }
        contact.phone = phone == null ? contact.phone : phone;
        contact.email = email == null ? contact.email : email;
        contact.firstName = call.text("firstName") == null ? contact.firstName : call.text("firstName");
        contact.lastName = call.text("lastName") == null ? contact.lastName : call.text("lastName");
        contact.loyalty |= call.json().path("loyalty").asBoolean();
        contact.texts = call.json().path("smsoptin").asBoolean() ? contact.texts.agreed() : contact.texts;
        contact.emails = call.json().path("emailOptIn").asBoolean() ? contact.emails.agreed() : contact.emails;
        books.effect("SIGNED_UP", contact, JSON.createObjectNode().put("existed", existed));
        ObjectNode data = JSON.createObjectNode().put("contactID", contact.id);
        return SimulatorReply.good(switches.on("signup-says-existing") ? data.put("existing", existed) : data);
    }

    /** By phone: forces the flag, makes nobody; an explicit opt-out stays whatever an API says (AIQ: section 5.3). */
    SimulatorReply optIn(String uid, SimulatorCall call) {
        SimulatorShop.Contact contact = find(uid, call.value("phone"), null);
        if (contact == null) {
            return nobody();
        }
        if (call.value("wanted").equals("false")) {
            contact.texts = SimulatorShop.Consent.OUT;
            consent("OPTED_OUT", contact, "texts");
        } else if (contact.texts == SimulatorShop.Consent.OUT) {
            return refused();
        } else if (!"true".equals(call.value("doubleOpt"))) {
            contact.texts = SimulatorShop.Consent.IN;
            contact.loyalty |= !"false".equals(call.value("loyalty"));
            consent("OPTED_IN", contact, "texts");
        } else if (contact.texts != SimulatorShop.Consent.IN) {
            contact.texts = SimulatorShop.Consent.PENDING;
            contact.joinsOnYes = !"false".equals(call.value("loyalty"));
            consent("OPT_IN_ASKED", contact, "texts");
        }
        return SimulatorReply.ok();
    }

    SimulatorReply optInByEmail(String uid, SimulatorCall call) {
        SimulatorShop.Contact contact = find(uid, null, call.value("email"));
        if (contact == null) {
            return nobody();
        }
        boolean in = call.value("wanted").equals("true");
        if (in && contact.emails == SimulatorShop.Consent.OUT) {
            return refused();
        }
        contact.emails = in ? SimulatorShop.Consent.IN : SimulatorShop.Consent.OUT;
        consent(in ? "OPTED_IN" : "OPTED_OUT", contact, "emails");
        return SimulatorReply.ok();
    }

    private SimulatorReply refused() {
        return switches.text("optin-after-optout").equals("200")
                ? SimulatorReply.ok()
                : SimulatorReply.error(400, "Contact has opted out");
    }

    /** The customer answers AIQ's texts: YES or STOP, their own word. */
    void says(String contactId, String word) {
        SimulatorShop.Contact contact = shop.contacts.get(contactId);
        boolean yes = word.equals("YES");
        contact.loyalty |= yes && contact.texts == SimulatorShop.Consent.PENDING && contact.joinsOnYes;
        contact.texts = yes ? SimulatorShop.Consent.IN : SimulatorShop.Consent.OUT;
        consent(yes ? "OPTED_IN" : "OPTED_OUT", contact, "texts");
    }

    private void consent(String kind, SimulatorShop.Contact contact, String channel) {
        books.effect(kind, contact, JSON.createObjectNode().put("channel", channel));
    }

    SimulatorReply lookup(String uid, SimulatorCall call) {
        String identity = call.value("identity");
        SimulatorShop.Contact contact = identity.contains("@") ? find(uid, null, identity) : find(uid, identity, null);
        if (contact == null
                || !contact.loyalty && switches.text("lookup-non-member").equals("nobody")) {
            return nobody();
        }
        return switches.text("lookup-reply").equals("bare")
                ? SimulatorReply.ok()
                : SimulatorReply.good(
                        JSON.createObjectNode().put("contactID", contact.id).put("loyalty", contact.loyalty));
    }

    /** Everything known of everybody, by contact id; for tests. */
    JsonNode all() {
        ObjectNode all = JSON.createObjectNode();
        for (SimulatorShop.Contact c : shop.contacts.values()) {
            all.putObject(c.id)
                    .put("uid", c.uid)
                    .put("srcID", c.srcId)
                    .put("phone", c.phone)
                    .put("email", c.email)
                    .put("firstName", c.firstName)
                    .put("lastName", c.lastName)
                    .put("points", c.points)
                    .put("hidePoints", c.hidePoints)
                    .put("loyalty", c.loyalty)
                    .put("texts", c.texts.word())
                    .put("emails", c.emails.word());
        }
        return all;
    }
}
