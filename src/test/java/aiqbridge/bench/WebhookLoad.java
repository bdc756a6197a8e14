package aiqbridge.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends signed webhooks, each another, over so many connections for so many seconds; says how many were answered 200 per second, and the milliseconds of the median and of 99 in 100. */
final class WebhookLoad {
    private static final String ORDER =
            "\"email\":\"ada@example.com\",\"phone\":null,\"currency\":\"USD\",\"total_price\":\"71.00\",\"completed_at\":null,\"line_items\":["
                    + "{\"id\":1,\"title\":\"Blue Dream\",\"variant_title\":\"3.5g\",\"sku\":\"BD-35\",\"vendor\":\"Green Leaf\",\"quantity\":1,\"price\":\"35.50\",\"properties\":[]},"
                            .repeat(9)
                    + "{\"id\":2,\"title\":\"Mint Gummies\",\"quantity\":2,\"price\":\"17.75\"}]}";

    private WebhookLoad() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]), connections = Integer.parseInt(args[4]);
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        long begin = System.nanoTime(), end = begin + Long.parseLong(args[3]) * 1_000_000_000;
        List<Callable<long[]>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            String prefix = args[2] + "-" + i + "-";
            all.add(() -> send(port, args[1], prefix, end));
        }
        List<long[]> took = new ArrayList<>();
        for (Future<long[]> one : senders.invokeAll(all)) {
            took.add(one.get());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] ns = took.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.println(ns.length / seconds + " " + ns[ns.length / 2] / 1e6 + " " + ns[ns.length * 99 / 100] / 1e6);
        System.exit(0);
    }

    private static long[] send(int port, String path, String prefix, long end) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Webhooks.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        long[] took = new long[10_000];
        int n = 0;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                byte[] body = ("{\"id\":\"" + prefix + n + "\"," + ORDER).getBytes(StandardCharsets.UTF_8);
                byte[] head = ("POST " + path
                                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Shopify-Topic: checkouts/update\r\nX-Shopify-Webhook-Id: "
                                + prefix + n + "\r\nX-Shopify-Hmac-SHA256: "
                                + Base64.getEncoder().encodeToString(mac.doFinal(body)) + "\r\nContent-Length: "
                                + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                byte[] request = Arrays.copyOf(head, head.length + body.length);
                System.arraycopy(body, 0, request, head.length, body.length);
                long sent = System.nanoTime();
                out.write(request);
                String answer = answer(in);
                took = n < took.length ? took : Arrays.copyOf(took, 2 * n);
                took[n++] = System.nanoTime() - sent;
                if (!answer.startsWith("HTTP/1.1 200")) {
                    throw new IllegalStateException(answer);
                }
            }
        }
        return Arrays.copyOf(took, n);
    }

    /** The head; a 200 has no body. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("it hung up after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }
}
