package aiqbridge.network;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** TLS in front of AIQ's simulator: a name of its own, and each call on a connection of its own. */
public final class TlsAiq implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpsServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private volatile String name;
    private volatile String simulator = "http://127.0.0.1:1";
    private volatile Function<String, Integer> status = request -> null;

    /** @param name how it is called: https and host */
    public TlsAiq(SSLContext speaks, String name) {
        this.name = name;
        try {
            server = HttpsServer.create(new InetSocketAddress(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(speaks));
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public TlsAiq called(String name) {
        this.name = name;
        return this;
    }

    public TlsAiq before(String simulator) {
        this.simulator = simulator;
        return this;
    }

    /** From now on; null of it is the simulator's, 0 that the connection breaks without an answer. */
    public void answers(Function<String, Integer> status) {
        this.status = status;
    }

    /** Method and path of each call, in order. */
    public List<String> asked() {
        return asked;
    }

    /** Names of all headers that ever came. */
    public List<String> headers() {
        return headers;
    }

    private void serve(HttpExchange call) throws IOException {
        try (call) {
            String request =
                    call.getRequestMethod() + " " + call.getRequestURI().getRawPath();
            asked.add(request);
            headers.addAll(call.getRequestHeaders().keySet());
            byte[] body = call.getRequestBody().readAllBytes();
            call.getResponseHeaders().set("Connection", "close");
            Integer instead = status.apply(request);
            if (instead != null && instead == 0) {
                return;
            }
            if (instead != null) {
                call.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"aiq\"");
                call.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"aiq\"");
                call.sendResponseHeaders(instead, -1);
                return;
            }
            HttpRequest.Builder on = HttpRequest.newBuilder(URI.create(simulator + call.getRequestURI()))
                    .method(call.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            for (String header : List.of("X-apikey", "Content-type", "Accept")) {
                if (call.getRequestHeaders().containsKey(header)) {
                    on.header(header, call.getRequestHeaders().getFirst(header));
                }
            }
            HttpResponse<String> answer = http.send(on.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().firstValue("Date").ifPresent(date -> call.getResponseHeaders()
                    .set("Date", date));
            byte[] renamed = answer.body().replace(simulator, name).getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(answer.statusCode(), renamed.length);
            call.getResponseBody().write(renamed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
