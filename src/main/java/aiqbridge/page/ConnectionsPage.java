package aiqbridge.page;

import aiqbridge.StartRefused;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.api.CallerKeys;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Confirmations;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnection.Model;
import aiqbridge.firstcontact.FirstContacts;
import aiqbridge.page.ConnectionView.Fact;
import aiqbridge.page.ConnectionView.Key;
import aiqbridge.page.ConnectionView.Mode;
import aiqbridge.page.ConnectionView.Redeems;
import aiqbridge.page.ConnectionView.Rows;
import aiqbridge.page.ConnectionView.Secret;
import aiqbridge.page.ConnectionView.Use;
import aiqbridge.pos.PosModes;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.storefront.kind.StorefrontKinds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tills and shops. What they are stands in their files; how they are heard, their keys and secrets, and whether a till is live, stand here. */
public final class ConnectionsPage {
    private static final Duration CHANGE_OVER = Duration.ofDays(1);
    private static final Map<String, String> PURPOSES = Map.of(
            StorefrontSecrets.WEBHOOK,
            "signing webhooks",
            StorefrontSecrets.TOKEN,
            "sent with webhooks",
            StorefrontSecrets.API,
            "the shop's own API");
    private static final int LONGEST_REASON = 500;
    private final FirstContacts firstContacts;
    private final Connections connections;
    private final Duration late;
    private final StorefrontKinds kinds;
    private final PosModes modes;
    private final Confirmations confirmations;
    private final CallerKeys callerKeys;
    private final StorefrontSecrets storefrontSecrets;
    private final AuditLog audit;
    private final JdbcTemplate store;
    private final TillRows tillRows;
    private final String address;
    private final Clock clock;

    /**
     * @param address under which shops reach the bridge
     * @param late    a till that was not polled for so long is late
     */
    public ConnectionsPage(
            Connections connections,
            StorefrontKinds kinds,
            PosModes modes,
            Confirmations confirmations,
            CallerKeys callerKeys,
            StorefrontSecrets storefrontSecrets,
            AuditLog audit,
            DataSource store,
            FirstContacts firstContacts,
            String address,
            Duration late,
            Clock clock) {
        this.late = late;
        this.firstContacts = firstContacts;
        this.connections = connections;
        this.kinds = kinds;
        this.modes = modes;
        this.confirmations = confirmations;
        this.callerKeys = callerKeys;
        this.storefrontSecrets = storefrontSecrets;
        this.audit = audit;
        this.store = new JdbcTemplate(store);
        this.tillRows = new TillRows(store, clock);
        this.address = address;
        this.clock = clock;
    }

    /**
     * @param tills of tills.sql
     * @param shops of shops.sql
     */
    public Page list(List<Map<String, Object>> tills, List<Map<String, Object>> shops) {
        return Page.of("connections", Map.of("tills", tills(tills), "shops", shops(shops)));
    }

    List<Row> tills(List<Map<String, Object>> rows) {
        return connections.pos().all().stream().map(till -> row(till, rows)).toList();
    }

    List<Row> shops(List<Map<String, Object>> rows) {
        return connections.storefronts().all().stream()
                .map(shop -> row(shop, rows))
                .toList();
    }

    boolean live(PosConnection till) {
        return modes.mode(till.name()).equals("live");
    }

    private Row row(PosConnection till, List<Map<String, Object>> rows) {
        Map<String, Object> row = of(till, rows);
        return new Row(
                till.name(),
                till.make(),
                till.account(),
                till.location(),
                state(till, row),
                mode(till),
                Ago.of(row.get("polled_at"), clock.millis()));
    }

    private Row row(StorefrontConnection shop, List<Map<String, Object>> rows) {
        Map<String, Object> row = of(shop, rows);
        return new Row(
                shop.name(),
                shop.kind(),
                shop.account(),
                shop.location(),
                state(shop, row),
                null,
                Ago.of(row.get("heard_at"), clock.millis()));
    }

    private static Map<String, Object> of(Connection connection, List<Map<String, Object>> rows) {
        return rows.stream()
                .filter(r -> connection.name().equals(r.get("connection")))
                .findFirst()
                .orElseGet(HashMap::new);
    }

    private State state(PosConnection till, Map<String, Object> row) {
        if (modes.doubted(till.name())) {
            return new State("bad", "Another database?");
        }
        if (row.get("last_error") != null) {
            return new State("bad", "Cannot be read");
        }
        if (row.get("requests_error") != null) {
            return new State("bad", "Requests cannot be read");
        }
        if (unread(row) > 0) {
            return new State("warn", "Some rows cannot be read");
        }
        long polled = row.get("polled_at") == null ? 0 : ((Number) row.get("polled_at")).longValue();
        return polled == 0
                ? new State("", "Not read yet")
                : clock.millis() - polled > late.toMillis() ? new State("warn", "Late") : new State("good", "Read");
    }

    private State state(StorefrontConnection shop, Map<String, Object> row) {
        if (shop.model() == Model.INFORMATIONAL && confirmations.of(shop).isEmpty()) {
            return new State("bad", "Needs your confirmation");
        }
        if (kinds.why(shop.kind()).isPresent()) {
            return new State("bad", "Its kind cannot be read");
        }
        if (row.get("silent_at") != null) {
            return new State("warn", "Silent");
        }
        return row.get("heard_at") == null ? new State("", "Nothing received yet") : new State("good", "Receiving");
    }

    private State mode(PosConnection till) {
        return live(till) ? new State("good", "Live") : new State("", "Observes");
    }

    public Page one(PageRequest request, List<Map<String, Object>> tills, List<Map<String, Object>> shops) {
        Connection connection = connections.find(request.id()).orElseThrow(PageProblem::notFound);
        return Page.of(
                "connection",
                Map.of(
                        "view",
                        connection instanceof PosConnection till
                                ? view(request, till, of(till, tills))
                                : view(request, (StorefrontConnection) connection, of(connection, shops))));
    }

    private static final String DOUBTED =
            "Its database is another one than before, and does not have the newest sale that the bridge knows of this till. Until you say that it is live, nothing is redeemed for it; sales received before are not missed in it.";

    private static String wrong(Map<String, Object> row) {
        if (row.get("last_error") != null || row.get("requests_error") != null) {
            return "The till's database says: "
                    + (row.get("last_error") == null ? row.get("requests_error") : row.get("last_error"));
        }
        return unread(row) == 0
                ? null
                : unread(row)
                        + " of its rows cannot be read: correct them at the till, or have the make's statement convert them.";
    }

    private static long unread(Map<String, Object> row) {
        return row.get("unread") == null ? 0 : ((Number) row.get("unread")).longValue();
    }

    private ConnectionView view(PageRequest request, PosConnection till, Map<String, Object> row) {
        Rows rows = tillRows.of(till);
        List<Fact> facts = List.of(
                new Fact("Last read", Ago.of(row.get("polled_at"), clock.millis())),
                new Fact("Last completed sale", Ago.of(row.get("last_sale_at"), clock.millis())),
                new Fact("Sales read late, or never, in the last week", String.valueOf(rows.lateSales())),
                new Fact("A wallet opens", till.pin() ? "with the customer's code" : "without a code"),
                new Fact("Points on the till's sales", till.writeBack() ? "written" : "not written"));
        Mode mode = new Mode(
                live(till),
                till.mode().equals("page") || modes.doubted(till.name()),
                modes.changed(till.name())
                        .map(c -> c.changedBy() + ", " + Ago.of(c.changedAt(), clock.millis()))
                        .orElse(""),
                store.queryForObject("select count(*) from observation where connection = ?", Long.class, till.name()),
                firstContacts.readiness(till.account()).ready());
        return new ConnectionView(
                till.name(),
                true,
                till.make(),
                till.account(),
                till.location(),
                till.zone().getId(),
                "config/pos/" + till.name() + ".properties",
                state(till, row),
                facts,
                modes.doubted(till.name()) ? DOUBTED : wrong(row),
                null,
                false,
                keysOf(till.name()),
                List.of(),
                List.of(),
                mode,
                null,
                rows,
                request.session().confirmed());
    }

    private ConnectionView view(PageRequest request, StorefrontConnection shop, Map<String, Object> row) {
        List<Fact> facts =
                new ArrayList<>(List.of(new Fact("Last webhook", Ago.of(row.get("heard_at"), clock.millis()))));
        if (shop.apiUrl() != null) {
            facts.add(new Fact("Last asked", Ago.of(row.get("polled_at"), clock.millis())));
        }
        facts.add(new Fact("Waiting to be processed", String.valueOf(row.getOrDefault("waiting", 0))));
        facts.add(new Fact("Parked deliveries", String.valueOf(row.getOrDefault("parked", 0))));
        facts.add(new Fact(
                "A reward is redeemed",
                switch (shop.model()) {
                    case IMMEDIATE -> "when the shopper takes it";
                    case PAID -> "when the order is paid";
                    case INFORMATIONAL -> "at the till";
                }));
        facts.add(new Fact(
                "Abandoned carts",
                !shop.carts()
                        ? "not sent"
                        : shop.consentHeldByAiq()
                                ? "sent to AIQ, also where the shop does not say whether the shopper agreed (not in Canada)"
                                : "sent to AIQ where the shop says that the shopper agreed"));
        Redeems redeems = shop.model() != Model.INFORMATIONAL
                ? null
                : new Redeems(
                        shop.redeems() == StorefrontConnection.Redeems.BRIDGE
                                ? "The bridge redeems what is chosen here once the till " + shop.pos()
                                        + " has completed the sale. Nobody else redeems it."
                                : "The till redeems what is chosen here itself, because it is integrated with AIQ. The bridge only records it.",
                        shop.whoRedeems(),
                        confirmations
                                .of(shop)
                                .map(c -> c.get("confirmed_by") + ", " + Ago.of(c.get("recorded_at"), clock.millis()))
                                .orElse(""));
        return new ConnectionView(
                shop.name(),
                false,
                shop.kind(),
                shop.account(),
                shop.location(),
                shop.zone().getId(),
                "config/storefront/" + shop.name() + ".properties",
                state(shop, row),
                facts,
                kinds.why(shop.kind())
                        .orElse(
                                row.get("last_error") == null
                                        ? null
                                        : "The shop could not be asked: " + row.get("last_error")),
                webhook(shop),
                webhook(shop).startsWith("https:"),
                keysOf(shop.name()),
                secretsOf(shop.name()),
                uses(shop),
                null,
                redeems,
                null,
                request.session().confirmed());
    }

    private String webhook(StorefrontConnection shop) {
        return shop.publicUrl() != null
                ? shop.publicUrl().toString()
                : address + "/webhooks/" + shop.kind() + "/" + shop.name();
    }

    private List<Use> uses(StorefrontConnection shop) {
        List<Use> uses = new ArrayList<>();
        StorefrontKind kind = kinds.find(shop.kind()).orElse(null);
        if (kind == null) {
            return uses; // which secrets it has, a broken kind does not say
        }
        if (kind.signature() != null) {
            uses.add(new Use(StorefrontSecrets.WEBHOOK, "signs its webhooks with", true));
        }
        if (kind.token() != null) {
            uses.add(new Use(StorefrontSecrets.TOKEN, "sends with its webhooks", true));
        }
        if (shop.apiUrl() != null) {
            uses.add(new Use(StorefrontSecrets.API, "requires when we call it", false));
        }
        return uses;
    }

    private List<Key> keysOf(String connection) {
        return callerKeys.all().stream()
                .filter(k -> connection.equals(k.connection()))
                .map(k -> {
                    State state = k.revokedAt() != null ? new State("", "Ended") : until(k.expiresAt());
                    return new Key(
                            k.keyId(),
                            k.hint(),
                            Ago.of(k.createdAt(), clock.millis()),
                            state,
                            !state.look().isEmpty());
                })
                .toList();
    }

    private List<Secret> secretsOf(String connection) {
        return storefrontSecrets.all().stream()
                .filter(s -> connection.equals(s.get("connection")))
                .map(s -> {
                    State state = until(s.get("expires_at"));
                    return new Secret(
                            (String) s.get("secret_id"),
                            PURPOSES.get((String) s.get("name")),
                            (String) s.get("hint"),
                            Ago.of(s.get("created_at"), clock.millis()),
                            state,
                            !state.look().isEmpty());
                })
                .toList();
    }

    private State until(Object end) {
        if (end == null) {
            return new State("good", "Works");
        }
        long left = ((Number) end).longValue() - clock.millis();
        return left <= 0
                ? new State("", "Ended")
                : new State("warn", "Expires in " + Math.max(1, Math.round(left / 3_600_000.0)) + " h");
    }

    /** Field {@code do}: add, rotate or revoke (with {@code id}). A new key is shown once, here. */
    public Page keys(PageRequest request) {
        Connection connection = connections.find(request.id()).orElseThrow(PageProblem::notFound);
        switch (request.field("do")) {
            case "add", "rotate" -> {
                String key = request.field("do").equals("add")
                        ? callerKeys.add(connection.name())
                        : callerKeys.rotate(connection.name(), CHANGE_OVER);
                audit.record(request.user(), "key-" + request.field("do"), connection.name(), null);
                return once(
                        connection,
                        "The new API key of " + connection.name(),
                        key,
                        "The back end sends it as: Authorization: Bearer " + key.substring(0, 18) + "…");
            }
            case "revoke" -> {
                if (keysOf(connection.name()).stream().noneMatch(k -> k.id().equals(request.field("id")) && k.works())
                        || !callerKeys.revoke(request.field("id"))) {
                    throw PageProblem.notFound();
                }
                audit.record(request.user(), "key-revoke", connection.name(), request.field("id"));
                return back(connection).saying("That key is revoked.");
            }
            default -> throw PageProblem.notFound();
        }
    }

    /** Field {@code do}: add, rotate or revoke (with {@code id}); {@code use}; the {@code secret}, or {@code generate}. */
    public Page secrets(PageRequest request) {
        StorefrontConnection shop = connections.storefronts().find(request.id()).orElseThrow(PageProblem::notFound);
        String action = request.field("do");
        if (action.equals("revoke")) {
            if (secretsOf(shop.name()).stream().noneMatch(s -> s.id().equals(request.field("id")) && s.works())
                    || !storefrontSecrets.revoke(request.field("id"))) {
                throw PageProblem.notFound();
            }
            audit.record(request.user(), "secret-revoke", shop.name(), request.field("id"));
            return back(shop).saying("That secret is no longer valid.");
        }
        Use use = uses(shop).stream()
                .filter(u -> u.name().equals(request.field("use")))
                .findFirst()
                .orElseThrow(PageProblem::notFound);
        boolean generate = request.field("generate").equals("yes") && use.generated();
        String secret = generate ? generated() : request.field("secret");
        if (secret.isEmpty()) {
            throw new PageProblem(
                    422, "There was no secret. Copy it from the shop's settings, or let the bridge make one.");
        }
        try {
            kinds.get(shop.kind()).check(use.name(), secret);
        } catch (StartRefused e) {
            throw new PageProblem(422, e.getMessage().lines().findFirst().orElseThrow());
        }
        if (action.equals("rotate")) {
            storefrontSecrets.add(shop.name(), use.name(), secret, CHANGE_OVER);
        } else {
            storefrontSecrets.add(shop.name(), use.name(), secret);
        }
        audit.record(request.user(), "secret-" + (action.equals("rotate") ? "rotate" : "add"), shop.name(), use.name());
        return generate
                ? once(
                        shop,
                        "What " + shop.name() + " " + use.words(),
                        secret,
                        "Enter it in the shop's webhook settings.")
                : back(shop)
                        .saying("The secret is stored, encrypted."
                                + (action.equals("rotate") ? " Older ones expire in a day." : ""));
    }

    /** Field {@code to}: live (with {@code looked = yes}, and {@code without} a reason where the account's AIQ was not tried) or observe. */
    public Page mode(PageRequest request) {
        PosConnection till = connections
                .pos()
                .find(request.id())
                .filter(t -> t.mode().equals("page") || modes.doubted(t.name()))
                .orElseThrow(PageProblem::notFound);
        boolean live = request.field("to").equals("live");
        if (live && !request.field("looked").equals("yes")) {
            throw new PageProblem(422, "First confirm that you have reviewed what the till would have redeemed.");
        }
        if (live && !firstContacts.readiness(till.account()).ready()) {
            String reason = request.field("without").strip();
            if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
                throw new PageProblem(
                        422,
                        "First try AIQ with aiq-bridge aiq-check " + till.account()
                                + ", or say why this till goes live without.");
            }
            firstContacts.waive(till.account(), request.user(), reason);
        }
        modes.change(till.name(), live, request.user());
        audit.record(request.user(), live ? "till-live" : "till-observe", till.name(), null);
        return back(till)
                .saying(
                        live
                                ? till.name() + " is live: from now on, its sales redeem rewards at AIQ."
                                : till.name() + " only observes from now on.");
    }

    /** The retailer's word, under their name (routes/redemption/README.md section 3). */
    public Page redeems(PageRequest request) {
        StorefrontConnection shop = connections
                .storefronts()
                .find(request.id())
                .filter(s -> s.model() == Model.INFORMATIONAL)
                .orElseThrow(PageProblem::notFound);
        if (!request.field("agreed").equals("yes")
                || !request.field("statement").equals(shop.whoRedeems())) {
            throw new PageProblem(422, "Tick the box to confirm it.");
        }
        confirmations.record(shop, request.user() + ", on the page");
        audit.record(request.user(), "who-redeems-confirm", shop.name(), shop.whoRedeems());
        return back(shop).saying("Thank you; your confirmation is recorded.");
    }

    private static Page back(Connection connection) {
        return Page.to("/connections/" + connection.name());
    }

    private static Page once(Connection connection, String title, String secret, String hint) {
        return Page.of(
                "once",
                Map.of("title", title, "secret", secret, "hint", hint, "back", "/connections/" + connection.name()));
    }

    private static String generated() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** @param mode null for a shop */
    public record Row(
            String name, String make, String account, String location, State state, State mode, String heard) {}
}
