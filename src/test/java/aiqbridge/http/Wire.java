package aiqbridge.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that says on the wire just what it is told to: half a request, two lengths, nothing at all. */
public final class Wire implements AutoCloseable {
    private final Socket socket;

    public Wire(int port) {
        this("127.0.0.1", port);
    }

    Wire(String host, int port) {
        try {
            socket = new Socket(host, port);
            socket.setSoTimeout(30_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Wire says(String text) {
        return says(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire says(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing more will be said. */
    Wire stops() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes back until the other side closes. */
    public String hearsToTheEnd() {
        StringBuilder heard = new StringBuilder();
        try {
            byte[] some = new byte[8_192];
            for (int n = socket.getInputStream().read(some);
                    n >= 0;
                    n = socket.getInputStream().read(some)) {
                heard.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException reset) {
            // closed as well
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return heard.toString();
    }

    /** One whole answer, its head with its body, and nothing of the next; empty when the other side closes. */
    public String hearsOne() {
        try {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int one = socket.getInputStream().read();
                if (one < 0) {
                    return head.toString();
                }
                head.append((char) one);
            }
            Matcher length = Pattern.compile("(?i)content-length: *(\\d+)").matcher(head);
            if (length.find()) {
                return head
                        + new String(
                                socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))),
                                StandardCharsets.ISO_8859_1);
            }
            StringBuilder body = new StringBuilder();
            while (!body.toString().endsWith("0\r\n\r\n")) {
                body.append((char) socket.getInputStream().read());
            }
            return head.append(body).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes back first. */
    public String hears() {
        try {
            byte[] some = new byte[65_536];
            int n = socket.getInputStream().read(some);
            return n < 0 ? "" : new String(some, 0, n, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isClosedByTheOther() {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
