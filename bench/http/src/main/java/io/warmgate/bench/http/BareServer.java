package io.warmgate.bench.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;

/**
 * A Vert.x server that answers everything with the same bytes, as little as there can be: the floor
 * under whatever is built on Vert.x.
 */
public final class BareServer {
  private BareServer() {}

  /**
   * @param arguments address, port, bytes of the answer
   */
  public static void main(String[] arguments) {
    String address = arguments[0];
    int port = Integer.parseInt(arguments[1]);
    Buffer body = Buffer.buffer("x".repeat(Integer.parseInt(arguments[2])));
    Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1))
        .withTransport(Transport.EPOLL)
        .build()
        .createHttpServer()
        .requestHandler(request -> request.response().end(body))
        .listen(port, address)
        .await();
  }
}
