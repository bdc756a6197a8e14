package aiqbridge.page;

import java.util.Map;

/**
 * A request for a page, read and let in.
 *
 * @param path    as the browser sent it, decoded
 * @param query   the parameters after the question mark
 * @param form    the fields of a POST; empty for a GET
 * @param address the visitor's
 * @param secure  whether the browser is told to use https alone
 * @param session null on the pages before signing in
 */
public record PageRequest(
        String path,
        Map<String, String> query,
        Map<String, String> form,
        String address,
        boolean secure,
        PageSession session) {
    /** Who is signed in; null before. */
    public String user() {
        return session == null ? null : session.user();
    }

    /** The second part of the path: {@code green-leaf} in {@code /accounts/green-leaf/test}; empty when there is none. */
    public String id() {
        String[] parts = path.split("/");
        return parts.length > 2 ? parts[2] : "";
    }

    /** A form's field without the spaces that copying brings along; empty when absent. */
    public String field(String name) {
        return form.getOrDefault(name, "").strip();
    }

    /** The same of the query. */
    public String parameter(String name) {
        return query.getOrDefault(name, "").strip();
    }

    @Override
    public String toString() {
        return "PageRequest[" + path + "]";
    }
}
