package aiqbridge.storefront.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The APIs of shops, one below each first part of the path, for example /web. */
public final class ShopStub implements AutoCloseable {
    private static final String HALF = "X-Half";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Function<String, Answer>> shops = new ConcurrentHashMap<>();
    private final Map<String, List<Request>> requests = new ConcurrentHashMap<>();

    /** @param target path and query below the shop's own part, as they came */
    public record Request(String method, String target, Headers headers) {}

    public record Answer(int status, String body, String... headers) {
        /** The connection ends in the middle of it. */
        public static Answer half(Object body) {
            return new Answer(200, body.toString(), HALF, "");
        }

        public static Answer ok(Object body, String... headers) {
            return new Answer(200, body.toString(), headers);
        }
    }

    public ShopStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String[] parts = exchange.getRequestURI().toString().split("/", 3);
            String target = "/" + (parts.length > 2 ? parts[2] : "");
            requests(parts[1]).add(new Request(exchange.getRequestMethod(), target, exchange.getRequestHeaders()));
            Answer answer =
                    shops.getOrDefault(parts[1], t -> new Answer(404, "{}")).apply(target);
            for (int i = 0; i < answer.headers().length; i += 2) {
                exchange.getResponseHeaders().add(answer.headers()[i], answer.headers()[i + 1]);
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean half = exchange.getResponseHeaders().containsKey(HALF);
            exchange.sendResponseHeaders(
                    answer.status(), body.length == 0 ? -1 : half ? 2L * body.length : body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    public String url(String shop) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + shop;
    }

    /** From now on the shop answers so. */
    public void answers(String shop, Function<String, Answer> answer) {
        shops.put(shop, answer);
    }

    public List<Request> requests(String shop) {
        return requests.computeIfAbsent(shop, s -> new CopyOnWriteArrayList<>());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
