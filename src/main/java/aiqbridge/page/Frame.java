package aiqbridge.page;

import java.util.List;

/**
 * What every page shows around its own text.
 *
 * @param user    who is signed in; null before
 * @param role    what they may do; null while nothing yet
 * @param csrf    for {@code @template.csrf}
 * @param section the first part of the path: which line of the navigation is the present one
 * @param notice  what was just done, or null
 * @param banner  what is wrong at present
 * @param style   the address of the style sheet, of the script
 */
public record Frame(
        String user,
        Role role,
        String csrf,
        String section,
        String notice,
        List<Warning> banner,
        String style,
        String script) {
    /** Whether a link to this page is shown. */
    public boolean may(String path) {
        return role != null && Rights.mayReach(role, "GET", path);
    }

    /** Whether a form that is sent there is shown. */
    public boolean maySend(String path) {
        return role != null && Rights.mayReach(role, "POST", path);
    }

    /** One sentence and where to look. */
    public record Warning(String sentence, String link) {}
}
