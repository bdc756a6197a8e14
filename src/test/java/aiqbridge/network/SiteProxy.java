package aiqbridge.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A site's proxy on loopback: it opens tunnels, for whoever has the password, and brings every name to one server. */
public final class SiteProxy implements AutoCloseable {
    /** What it does instead of opening a tunnel. */
    public interface Instead {
        void to(Socket client) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final int behind;
    private final String authorization;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, Instead> instead = target -> null;

    /** @param behind the port of that server; @param user null when it asks nobody */
    public SiteProxy(int behind, String user, String password) {
        this.behind = behind;
        this.authorization = user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        apart(() -> {
            while (true) {
                Socket client = server.accept();
                apart(() -> serve(client));
            }
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void apart(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException over) {
                // whoever it was has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The first line of each request, in order. */
    public List<String> asked() {
        return asked;
    }

    /** From now on; null of it is a tunnel. */
    public void does(Function<String, Instead> instead) {
        this.instead = instead;
    }

    public static Instead says(String text) {
        return client -> client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static Instead answers(String status) {
        String html = "<html>open sesame</html>";
        return says("HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"site\"\r\n"
                + "Content-Type: text/html\r\nContent-Length: " + html.length() + "\r\n\r\n" + html);
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        try (client) {
            String head = head(client.getInputStream());
            String line = head.substring(0, Math.max(0, head.indexOf('\r')));
            asked.add(line);
            Instead other = instead.apply(line);
            if (other != null) {
                other.to(client);
            } else if (!line.startsWith("CONNECT ")) {
                answers("405 Method Not Allowed").to(client);
            } else if (authorization != null && !head.contains("\r\nProxy-Authorization: " + authorization + "\r\n")) {
                answers("407 Proxy Authentication Required").to(client);
            } else {
                tunnel(client);
            }
        }
    }

    private void tunnel(Socket client) throws IOException, InterruptedException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            says("HTTP/1.1 200 Connection established\r\n\r\n").to(client);
            Thread back = new Thread(() -> pump(target, client));
            back.setDaemon(true);
            back.start();
            pump(client, target);
            back.join(1_000);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8_192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                out.write(some, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException over) {
            // one of them has gone
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int one = in.read(); one >= 0; one = in.read()) {
            head.append((char) one);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
