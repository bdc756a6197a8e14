package aiqbridge.http;

import aiqbridge.Settings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/** From which address somebody asks: the connection's, or what the proxy before us says of it ({@code page.forwarded-for}). */
public final class Sender {
    private static final String FORWARDED = "X-Forwarded-For";
    private final boolean forwarded;

    public Sender(Settings settings) {
        this.forwarded = settings.oneOf("page.forwarded-for").equals("on");
    }

    public String of(HttpServerRequest asked) {
        return address(String.join(",", asked.headers().getAll(FORWARDED)), asked.remoteAddress());
    }

    public String of(Message message) {
        return address(
                String.valueOf(message.getHeader(FORWARDED)),
                message.getHeader(VertxPlatformHttpConstants.REMOTE_ADDRESS, SocketAddress.class));
    }

    private String address(String said, SocketAddress remote) {
        if (forwarded) {
            List<String> addresses = List.of(said.split(","));
            String last = addresses.isEmpty()
                    ? ""
                    : addresses.get(addresses.size() - 1).strip();
            return last.matches("[0-9a-fA-F.:\\[\\]]{2,60}") ? last : "unknown";
        }
        return remote == null ? "unknown" : remote.hostAddress();
    }
}
