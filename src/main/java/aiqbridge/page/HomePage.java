package aiqbridge.page;

import java.util.Map;

/** The first page. */
public final class HomePage {
    public Page show(PageRequest request) {
        return Page.of("home", Map.of());
    }
}
