package aiqbridge.page;

import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.firstcontact.FirstContacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first page: what is joined and how it stands; for a new retailer the steps from the account to live, each done or not by what is really there. */
public final class HomePage {
    private final Connections connections;
    private final AccountsPage accountsPage;
    private final ConnectionsPage connectionsPage;
    private final MappingPage mapping;
    private final FirstContacts firstContacts;

    public HomePage(
            Connections connections,
            AccountsPage accountsPage,
            ConnectionsPage connectionsPage,
            MappingPage mapping,
            FirstContacts firstContacts) {
        this.firstContacts = firstContacts;
        this.connections = connections;
        this.accountsPage = accountsPage;
        this.connectionsPage = connectionsPage;
        this.mapping = mapping;
    }

    /**
     * @param accounts of accounts.sql
     * @param tills    of tills.sql
     * @param shops    of shops.sql
     */
    public Page show(
            List<Map<String, Object>> accounts, List<Map<String, Object>> tills, List<Map<String, Object>> shops) {
        List<Step> steps = steps(accounts, tills, shops);
        return Page.of(
                "home",
                Map.of(
                        "steps",
                        steps,
                        "ready",
                        steps.stream().allMatch(s -> s.done() || s.optional()),
                        "accounts",
                        accountsPage.rows(accounts),
                        "tills",
                        connectionsPage.tills(tills),
                        "shops",
                        connectionsPage.shops(shops)));
    }

    private List<Step> steps(
            List<Map<String, Object>> accounts, List<Map<String, Object>> tills, List<Map<String, Object>> shops) {
        List<PosConnection> pos = connections.pos().all();
        List<StorefrontConnection> storefronts = connections.storefronts().all();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(
                "Enter your AIQ account",
                "The UID and the API key, from AIQ, Settings, API & Tracking.",
                accounts.isEmpty() ? "/accounts/add" : "/accounts",
                !accounts.isEmpty(),
                false));
        steps.add(new Step(
                "Test it",
                "AIQ accepts the key and the UID.",
                "/accounts",
                !accounts.isEmpty()
                        && accounts.stream()
                                .allMatch(a -> a.get("good") != null
                                        && ((Number) a.get("good")).intValue() == 1
                                        && a.get("paused_reason") == null),
                false));
        steps.add(new Step(
                "Connect your till",
                "The owner of the till's database writes a short file in config/pos/ and restarts the bridge, which then only observes.",
                "/connections",
                !pos.isEmpty()
                        && tills.stream()
                                .anyMatch(t -> t.get("polled_at") != null
                                        && t.get("last_error") == null
                                        && connections
                                                .pos()
                                                .find((String) t.get("connection"))
                                                .isPresent()),
                pos.isEmpty() && !storefronts.isEmpty()));
        steps.add(new Step(
                "Connect your web shop",
                "Only if you have one: write a short file in config/storefront/, then set up the address and the secret of its webhooks.",
                "/connections",
                !storefronts.isEmpty()
                        && storefronts.stream().allMatch(s -> shops.stream()
                                .anyMatch(r -> s.name().equals(r.get("connection")) && r.get("heard_at") != null)),
                storefronts.isEmpty()));
        steps.add(new Step(
                "Check how rewards are mapped",
                "Every AIQ reward needs a discount at the till, or a value of its own.",
                "/mapping",
                mapping.good(),
                false));
        steps.add(new Step(
                "Try AIQ",
                "Whoever runs the bridge goes through aiq-bridge aiq-check with a test customer: it finds out whether AIQ behaves as expected.",
                "/accounts",
                !accounts.isEmpty()
                        && accounts.stream().allMatch(a -> firstContacts
                                .readiness((String) a.get("account_id"))
                                .ready()),
                false));
        steps.add(new Step(
                "Go live",
                "When what it would have redeemed looks right, set each till live.",
                "/connections",
                !pos.isEmpty() && pos.stream().allMatch(connectionsPage::live)
                        || pos.isEmpty() && !storefronts.isEmpty(),
                false));
        return steps;
    }

    /** @param optional it need not be done here */
    public record Step(String title, String text, String link, boolean done, boolean optional) {}
}
