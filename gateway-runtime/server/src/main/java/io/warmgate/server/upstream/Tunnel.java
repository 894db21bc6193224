package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.util.List;
import java.util.Set;

/**
 * An upgrade (RFC 9110 §7.8), WebSocket above all: after the backend's 101 the two connections are
 * one. Another answer is passed on as any answer.
 */
final class Tunnel {
  private final Upstream upstream;
  private final BackendPool pool;
  private final Exchange exchange;
  private final OriginRequest request;

  Tunnel(Upstream upstream, BackendPool pool, Exchange exchange, OriginRequest request) {
    this.upstream = upstream;
    this.pool = pool;
    this.exchange = exchange;
    this.request = request;
  }

  /** Completes when both connections are closed. */
  Future<Void> open() {
    Limiter limiter = pool.limiter();
    if (limiter == null) {
      return pool.endpoints().compose(this::ask);
    }
    return limiter
        .acquire()
        .compose(_ -> pool.endpoints().compose(this::ask).onComplete(_ -> limiter.release()));
  }

  private Future<Void> ask(List<Endpoint> endpoints) {
    Endpoint endpoint =
        pool.pick(endpoints, Set.of(), Stickiness.hash(pool.backend().loadBalancing(), exchange));
    if (endpoint == null) {
      return Future.failedFuture(new ProblemException(Problem.NO_ENDPOINT, 1, null));
    }
    if (!upstream.guard().allows(endpoint.inet())) {
      return Future.failedFuture(new ProblemException(Problem.REFUSED_ADDRESS));
    }
    exchange.asking(endpoint.name());
    endpoint.begin();
    return upstream
        .client()
        .request(Upstream.options(pool, endpoint, request))
        .recover(
            cause -> {
              pool.failed(endpoint);
              return Future.failedFuture(new ProblemException(Problem.BAD_GATEWAY, cause));
            })
        .compose(this::upgrade)
        .onComplete(_ -> endpoint.end());
  }

  private Future<Void> upgrade(HttpClientRequest connected) {
    HttpServerRequest client = exchange.request();
    connected.headers().addAll(request.headers());
    connected.headers().set("host", request.target().authority());
    connected.headers().set("connection", "Upgrade");
    connected.headers().set("upgrade", client.getHeader("upgrade"));
    client.response().closeHandler(_ -> connected.reset());
    return connected
        .connect()
        .compose(answer -> answered(connected, answer))
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof ProblemException
                        ? cause
                        : new ProblemException(Problem.BAD_GATEWAY, cause)));
  }

  private Future<Void> answered(HttpClientRequest connected, HttpClientResponse answer) {
    if (answer.statusCode() != 101) {
      answer.pause();
      return exchange.reply().stream(new UpstreamResponse(connected, answer, false, _ -> {}));
    }
    NetSocket backend = answer.netSocket();
    backend.pause();
    exchange.reply().status(101).headers().addAll(answer.headers());
    return exchange
        .reply()
        .upgraded()
        .compose(client -> Joined.join(client, backend))
        .onFailure(_ -> backend.close());
  }
}
