package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /livez}, {@code /readyz} and {@code /metrics}, in the clear: they tell no secret. */
final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private HealthServer(InetSocketAddress address) throws IOException {
    server = HttpServer.create(address, 16);
    server.setExecutor(executor);
  }

  /**
   * @param live false: it should be started again
   * @param ready whether it does its work, or stands by to
   * @param metrics in Prometheus' text format
   */
  static HealthServer start(
      InetSocketAddress address,
      BooleanSupplier live,
      BooleanSupplier ready,
      Supplier<String> metrics)
      throws IOException {
    HealthServer health = new HealthServer(address);
    health.server.createContext("/livez", exchange -> probe(exchange, live));
    health.server.createContext("/readyz", exchange -> probe(exchange, ready));
    health.server.createContext(
        "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", metrics.get()));
    health.server.start();
    return health;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void probe(HttpExchange exchange, BooleanSupplier holds) throws IOException {
    boolean good = holds.getAsBoolean();
    answer(exchange, good ? 200 : 503, "text/plain", good ? "ok\n" : "not ok\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
