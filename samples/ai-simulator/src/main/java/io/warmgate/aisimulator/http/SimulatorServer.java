package io.warmgate.aisimulator.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.aisimulator.exchange.Call;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One event loop's share of the port. */
public final class SimulatorServer extends VerticleBase {
  private static final int MAX_BODY = 32 * 1024 * 1024;

  private final Front front;
  private final String host;
  private final int port;
  private int bound;

  /**
   * A server that is not there yet.
   *
   * @param port 0 for any that is free
   */
  public SimulatorServer(Front front, String host, int port) {
    this.front = front;
    this.host = host;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port));
    return server
        .requestHandler(this::handle)
        .listen()
        .onSuccess(listening -> bound = listening.actualPort());
  }

  /** The port, once deployed. */
  public int port() {
    return bound;
  }

  private void handle(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() <= MAX_BODY) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(end -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    Call call = call(request, body);
    try {
      new Sending(vertx, request.response())
          .send(body.length() > MAX_BODY ? front.tooLarge(call) : front.answer(call));
    } catch (RuntimeException defect) {
      Cutting.cut(request.response()); // nobody waits for an answer that does not come
      throw defect;
    }
  }

  private static Call call(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    if (request.authority() != null) {
      headers.putIfAbsent("host", request.authority().toString()); // HTTP/2 has it elsewhere
    }
    String query = request.query() == null ? "" : request.query();
    return new Call(request.method().name(), request.path(), query, headers, body.getBytes());
  }
}
