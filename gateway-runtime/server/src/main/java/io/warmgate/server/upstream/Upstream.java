package io.warmgate.server.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendTls;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.Origins;

/** Asks backends: one client, one pool of connections for each endpoint. */
public final class Upstream {
  /** A connect that takes longer, in milliseconds, has failed. */
  private static final int CONNECT_TIMEOUT = 5_000;

  /**
   * Seconds. Shorter than the idle timeouts of common servers (Node: 5), so that a request seldom
   * meets a connection that the backend is closing.
   */
  private static final int KEEP_ALIVE = 4;

  private static final int WITHOUT_CONTENT = 1;
  private static final int WITH_CONTENT = 2;

  private final Vertx vertx;
  private final EndpointDirectory directory;
  private final AddressGuard guard;
  private final Observer observer;
  private final HttpClientAgent client;

  public Upstream(Vertx vertx, EndpointDirectory directory, AddressGuard guard, Observer observer) {
    this.vertx = vertx;
    this.directory = directory;
    this.guard = guard;
    this.observer = observer;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_1_1)
                    .setKeepAliveTimeout(KEEP_ALIVE)
                    .setConnectTimeout(CONNECT_TIMEOUT)
                    .setMaxInitialLineLength(Wire.MAX_LINE)
                    .setMaxHeaderSize(Wire.MAX_HEAD)
                    .setMaxChunkSize(Wire.MAX_CHUNK)
                    .setDecompressionSupported(false))
            .with(new PoolOptions().setHttp1MaxSize(4_096).setCleanerPeriod(1_000))
            .withConnectHandler(Upstream::connected)
            .build();
  }

  private static void connected(HttpConnection connection) {
    connection.exceptionHandler(_ -> {});
    if (connection instanceof ConnectionBase base) {
      Wire.install(base.channel());
    }
  }

  /** The backends of a configuration, as the exchanges ask them. */
  public Origins origins(Backends backends) {
    return new ConfiguredOrigins(this, backends);
  }

  /** The backends of a configuration, for what the pod itself asks. */
  public Inquiries inquiries(Backends backends) {
    return new Inquiries(this, backends);
  }

  BackendPool pool(Backend backend, Values values) {
    return new BackendPool(backend, directory, vertx, values);
  }

  Vertx vertx() {
    return vertx;
  }

  AddressGuard guard() {
    return guard;
  }

  Observer observer() {
    return observer;
  }

  HttpClientAgent client() {
    return client;
  }

  /**
   * How an endpoint is connected to; the name is for TLS alone, {@code Host} is a header. The port
   * is part of nothing but the pool's key: requests with content have connections of their own. A
   * backend that leaves content unread takes it for the next request, and its answer for the next
   * answer; that is then never one to a request whose answer may be kept.
   */
  static RequestOptions options(BackendPool pool, Endpoint endpoint, OriginRequest request) {
    BackendTls tls = pool.backend().tls();
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setURI(request.target().pathAndQuery())
            .setServer(endpoint.address())
            .setHost(tls == null ? pool.backend().target().host() : tls.serverName())
            .setPort(request.body() == null ? WITHOUT_CONTENT : WITH_CONTENT)
            .setFollowRedirects(false)
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setSsl(tls != null);
    return tls == null ? options : options.setSslOptions(pool.tls());
  }
}
