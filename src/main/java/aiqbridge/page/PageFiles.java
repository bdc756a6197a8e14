package aiqbridge.page;

import aiqbridge.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The page's own few files, read at the start: what is not in this list does not exist. */
public final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "page.css",
            "text/css; charset=utf-8",
            "page.js",
            "text/javascript; charset=utf-8",
            "icon.svg",
            "image/svg+xml");
    private final Map<String, byte[]> files = new java.util.HashMap<>();

    public PageFiles() {
        TYPES.keySet().forEach(name -> {
            try (InputStream in = PageFiles.class.getResourceAsStream("/page/" + name)) {
                files.put(name, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Changes with the content, so that a browser may keep it. */
    String address(String name) {
        return "/files/" + name + "?v=" + Sha256.hex(files.get(name)).substring(0, 10);
    }

    public void serve(Exchange exchange) {
        Message message = exchange.getMessage();
        String name = message.getHeader(Exchange.HTTP_PATH, "", String.class).replaceFirst("^/files/", "");
        byte[] content = files.get(name);
        if (content == null) {
            throw PageProblem.notFound();
        }
        message.removeHeaders("*");
        PageAnswer.secure(message, false);
        message.setHeader(Exchange.CONTENT_TYPE, TYPES.get(name));
        message.setHeader("Cache-Control", "public, max-age=86400");
        message.setBody(content);
    }
}
