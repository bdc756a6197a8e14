package aiqbridge.page;

import java.util.HashMap;
import java.util.Map;

/**
 * What the bean of a page route gives back, and {@link PageAnswer} writes.
 *
 * <p><b>How to add a page</b>
 * <ol>
 * <li>A template {@code src/main/jte/things.jte}: {@code @param aiqbridge.page.Frame frame} and its own parameters, the text inside {@code @template.layout(frame = frame, title = "Things", content = @`…`)}.
 *     Values are escaped where they stand; {@code $unsafe} is not used. No inline style or script: the page's own header forbids them; what there is, is in {@code resources/page/page.css}.</li>
 * <li>A bean here, {@code ThingsPage}, whose method takes the {@link PageRequest} (and rows, where a {@code .sql} file beside the route read them) and returns {@code Page.of("things", Map.of("rows", rows))}.
 *     Named in {@link PageBeans}. Who or what is not known: {@code throw PageProblem.notFound()}.</li>
 * <li>A route {@code routes/page/page-things.camel.yaml}: {@code platform-http:/things}, {@code httpMethodRestrict: GET}, {@code policy-page}, then {@code direct:page-enter}, the bean, {@code direct:page-answer}.
 *     {@code page-enter} drops every header and sets the variable {@code request}.</li>
 * <li>Its address in {@link Rights}, with the role that it needs: else nobody reaches it.</li>
 * <li>Something that is done is a route of its own on POST; its form holds {@code @template.csrf(frame = frame)}.
 *     It ends with {@code Page.to("/things").saying("Done.")}, so that reloading does nothing twice. What changes a key, a secret or a mode enters by {@code direct:page-enter-confirmed}: the password was given a moment ago.</li>
 * <li>A line in the navigation of {@code layout.jte}; a link or form that not every role may use is inside {@code @if(frame.may("/things"))} or {@code maySend}.</li>
 * </ol>
 *
 * @param template of {@code src/main/jte}, without its ending; null for a redirect
 * @param model    the template's parameters beside {@code frame}
 * @param location where the browser goes next; null for a page
 * @param notice   a sentence for the next page that this person sees; null for none
 * @param token    the new session's, for its cookie; empty to end it, null to leave it alone
 */
public record Page(
        int status, String template, Map<String, Object> model, String location, String notice, String token) {
    public static Page of(String template, Map<String, Object> model) {
        return new Page(200, template, new HashMap<>(model), null, null, null);
    }

    /** The same path again with what was wrong: 422. */
    public static Page wrong(String template, Map<String, Object> model) {
        return new Page(422, template, new HashMap<>(model), null, null, null);
    }

    public static Page to(String location) {
        return new Page(303, null, Map.of(), location, null, null);
    }

    public Page saying(String notice) {
        return new Page(status, template, model, location, notice, token);
    }

    Page signedInWith(String token) {
        return new Page(status, template, model, location, notice, token);
    }
}
