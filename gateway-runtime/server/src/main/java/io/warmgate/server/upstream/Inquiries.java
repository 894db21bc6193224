package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.Backend;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.uri.Target;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Asks backends something of the pod's own: one endpoint, within bounds of time and size. It counts
 * for nothing that clients' requests count for: limits, ejection, what releases are judged by.
 */
public final class Inquiries {
  private static final int MOST_BYTES = 4 << 20;
  private static final long MOST_MILLIS = 10_000;

  private final Upstream upstream;
  private final Backends backends;

  Inquiries(Upstream upstream, Backends backends) {
    this.upstream = upstream;
    this.backends = backends;
  }

  /** A whole answer. */
  public record Answer(int status, MultiMap fields, Buffer content) {}

  /**
   * A GET.
   *
   * @param backend its id
   * @param path behind the backend's base path, with its query
   * @return fails where there is no answer; completes on any thread
   */
  public Future<Answer> get(String backend, String path, MultiMap fields) {
    BackendPool pool = backends.pool(backend);
    OriginRequest request =
        new OriginRequest(HttpMethod.GET, target(pool.backend(), path), fields, null);
    Promise<Answer> done = Promise.promise();
    long timer =
        upstream
            .vertx()
            .setTimer(
                MOST_MILLIS,
                _ -> done.tryFail(new IOException("no answer within " + MOST_MILLIS + " ms")));
    attempt(pool, request, done)
        // RFC 9112 §9.3.1: an idle connection may be closed just when it is used.
        .recover(
            cause ->
                cause instanceof HttpClosedException && !done.future().isComplete()
                    ? attempt(pool, request, done)
                    : Future.failedFuture(cause))
        .onComplete(done::tryComplete, done::tryFail);
    return done.future().onComplete(_ -> upstream.vertx().cancelTimer(timer));
  }

  private static Target target(Backend backend, String path) {
    String scheme = backend.tls() == null ? "http" : "https";
    String host = backend.target().host();
    int port = backend.target().port();
    boolean usual = port == (backend.tls() == null ? 80 : 443);
    String base = backend.target() instanceof Backend.Url url ? url.basePath() : "";
    int query = path.indexOf('?');
    return new Target(
        scheme,
        host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host,
        usual ? -1 : port,
        base + (query < 0 ? path : path.substring(0, query)),
        query < 0 ? null : path.substring(query + 1));
  }

  private Future<Answer> attempt(BackendPool pool, OriginRequest request, Promise<Answer> done) {
    return pool.endpoints()
        .compose(endpoints -> connect(pool, endpoints, request))
        .compose(sent -> send(sent, request, done));
  }

  private Future<HttpClientRequest> connect(
      BackendPool pool, List<Endpoint> endpoints, OriginRequest request) {
    Endpoint endpoint = pool.pick(endpoints, Set.of(), 0);
    if (endpoint == null) {
      return Future.failedFuture(new IOException("it has no address"));
    }
    return upstream.guard().allows(endpoint.inet())
        ? upstream.client().request(Upstream.options(pool, endpoint, request))
        : Future.failedFuture(new IOException("it is at an address that may not be asked"));
  }

  private static Future<Answer> send(
      HttpClientRequest sent, OriginRequest request, Promise<Answer> done) {
    Promise<Answer> read = Promise.promise();
    done.future().onFailure(_ -> sent.reset());
    sent.headers().addAll(request.headers());
    sent.headers().set("host", request.target().authority());
    sent.exceptionHandler(read::tryFail);
    sent.send().onSuccess(response -> read(sent, response, read)).onFailure(read::tryFail);
    return read.future();
  }

  private static void read(
      HttpClientRequest sent, HttpClientResponse response, Promise<Answer> read) {
    Buffer content = Buffer.buffer();
    response.exceptionHandler(read::tryFail);
    response.handler(
        bytes -> {
          if (content.length() + bytes.length() > MOST_BYTES) {
            read.tryFail(new IOException("its answer is larger than " + MOST_BYTES + " bytes"));
            sent.reset();
          } else {
            content.appendBuffer(bytes);
          }
        });
    response.endHandler(
        _ -> read.tryComplete(new Answer(response.statusCode(), response.headers(), content)));
  }
}
