package aiqbridge.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which role each address of the page needs, by method and path as its route names them. An address that is not here is reached by nobody. */
final class Rights {
    /** They are there also while the database is not. */
    static final String FILES = "GET /files/{name}";

    /** Also for who is not signed in. */
    private static final Set<String> EVERYBODY =
            Set.of(FILES, "GET /sign-in", "POST /sign-in", "GET /first-password", "POST /first-password");

    private static final Map<String, Role> NEEDED = new LinkedHashMap<>();

    static {
        needs(
                Role.VIEWER,
                "GET /",
                "GET /activity",
                "GET /activity/books",
                "GET /connections",
                "GET /mapping",
                "GET /confirm",
                "POST /confirm",
                "GET /password",
                "POST /password",
                "GET /second-factor",
                "POST /second-factor",
                "GET /sign-in/code",
                "POST /sign-in/code",
                "GET /you",
                "POST /you/sessions",
                "POST /sign-out");
        needs(
                Role.MANAGER,
                "GET /activity/carts",
                "GET /activity/employees",
                "GET /activity/inbox",
                "POST /activity/inbox/replay",
                "GET /activity/look",
                "GET /activity/look.csv",
                "GET /activity/redemptions",
                "GET /activity/redemptions.csv",
                "GET /activity/redemptions/{id}",
                "POST /activity/redemptions/{id}/decide",
                "GET /connections/{id}",
                "GET /stop",
                "POST /stop",
                "POST /stop/lift");
        needs(
                Role.OWNER,
                "GET /audit",
                "GET /audit.csv",
                "GET /accounts",
                "GET /accounts/{id}",
                "POST /accounts/{id}",
                "POST /accounts/{id}/test",
                "POST /connections/{id}/keys",
                "POST /connections/{id}/mode",
                "POST /connections/{id}/redeems",
                "POST /connections/{id}/secrets",
                "GET /users",
                "POST /users");
    }

    private Rights() {}

    private static void needs(Role role, String... addresses) {
        for (String address : addresses) {
            NEEDED.put(address, role);
        }
    }

    /** @param address a method and a route's path, for example {@code GET /accounts/{id}} */
    static boolean isEverybodys(String address) {
        return EVERYBODY.contains(address);
    }

    /** Null for an address that is nobody's, or everybody's. */
    static Role needed(String address) {
        return NEEDED.get(address);
    }

    /** Whether somebody who has something to do first may reach this, beside what is everybody's. */
    static boolean mayReach(PageSession.Due due, String address) {
        return address.endsWith(" " + due.page()) || address.equals("POST /sign-out");
    }

    /** What is shown to somebody: a link or a form that leads to this path. The door asks by the route, never by this. */
    static boolean mayReach(Role role, String method, String path) {
        String asked = method + " " + path.replaceFirst("[?#].*$", "");
        Role needed = NEEDED.get(asked);
        if (needed == null) {
            needed = NEEDED.keySet().stream()
                    .filter(address -> address.contains("{") && fits(address, asked))
                    .findFirst()
                    .map(NEEDED::get)
                    .orElse(null);
        }
        return needed != null && role.includes(needed);
    }

    private static boolean fits(String address, String asked) {
        return asked.matches(address.replace(".", "\\.").replaceAll("\\{[a-z]+}", "[^/]+"));
    }
}
