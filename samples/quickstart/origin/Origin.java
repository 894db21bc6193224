import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The quickstart's origin: answers with its version and counts what it was asked.
 *
 * <ul>
 *   <li>{@code GET /count}: the number of counted requests, never cacheable, not counted
 *   <li>{@code GET /healthz}: 200, not counted
 *   <li>any other path: a JSON body that names the version, the path and the request's number,
 *       cacheable for 60 s
 * </ul>
 *
 * Told to end it serves on for 3 s, and is left out meanwhile. Environment: {@code ORIGIN_VERSION}
 * (default {@code v1}), {@code PORT} (8080), {@code WARMGATE_BIND_ADDRESS} (default: all).
 */
public final class Origin {
  private static final Duration DRAIN_DELAY = Duration.ofSeconds(3);
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String VERSION = env("ORIGIN_VERSION", "v1");

  private Origin() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(env("PORT", "8080"));
    String bind = env("WARMGATE_BIND_ADDRESS", "0.0.0.0");
    var server = HttpServer.create(new InetSocketAddress(bind, port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", Origin::answer);
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server)));
    System.out.println("origin " + VERSION + " listens on " + server.getAddress());
  }

  /** Serves on until every client knows of the end, then finishes what it has. */
  private static void drain(HttpServer server) {
    try {
      Thread.sleep(DRAIN_DELAY);
      server.stop(1);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/healthz" -> send(exchange, "no-store", "ok\n");
      case "/count" -> send(exchange, "no-store", COUNT.get() + "\n");
      default -> {
        long number = COUNT.incrementAndGet();
        System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String body =
            "{\"version\": \"%s\", \"path\": \"%s\", \"request\": %d}\n"
                .formatted(VERSION, path.replace("\\", "\\\\").replace("\"", "\\\""), number);
        exchange.getResponseHeaders().set("ETag", "\"%s-%s\"".formatted(VERSION, hash(path)));
        send(exchange, "max-age=60", body);
      }
    }
  }

  private static String hash(String path) {
    return Integer.toHexString(path.hashCode());
  }

  private static void send(HttpExchange exchange, String cacheControl, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Cache-Control", cacheControl);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static String env(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
