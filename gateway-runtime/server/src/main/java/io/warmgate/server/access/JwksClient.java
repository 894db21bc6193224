package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.warmgate.server.upstream.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Asks for JWK Sets: at the address that was looked at before it is connected to ({@link
 * AddressGuard}), within bounds of time and size, and following no redirect, so that whoever
 * answers there sends the pod nowhere else.
 */
final class JwksClient implements KeyTransport {
  /** From the name to the last byte, in milliseconds. */
  private static final long TIMEOUT = 5_000;

  private static final int MAX_BYTES = 256 << 10;

  private final VertxInternal vertx;
  private final AddressGuard guard;
  private final HttpClientAgent client;

  JwksClient(Vertx vertx, AddressGuard guard) {
    this.vertx = (VertxInternal) vertx;
    this.guard = guard;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) TIMEOUT)
                .setVerifyHost(true)
                .setDecompressionSupported(false));
  }

  @Override
  public Future<byte[]> get(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException _) {
      return Future.failedFuture(new IOException("is no URL"));
    }
    String host = uri.getHost();
    if (host == null) {
      return Future.failedFuture(new IOException("names no host"));
    }
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    Promise<byte[]> done = Promise.promise();
    long timer = vertx.setTimer(TIMEOUT, _ -> done.tryFail(new IOException("took too long")));
    resolve(host)
        .compose(
            address -> {
              if (!guard.allows(new InetSocketAddress(address, port))) {
                throw new IllegalStateException("is at an address that may not be asked");
              }
              return client.request(
                  new RequestOptions()
                      .setMethod(HttpMethod.GET)
                      .setServer(
                          SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                      .setHost(host)
                      .setPort(port)
                      .setSsl(secure)
                      .setURI(target(uri))
                      .setFollowRedirects(false)
                      .putHeader("accept", "application/jwk-set+json, application/json")
                      .putHeader("user-agent", "warmgate"));
            })
        .onSuccess(request -> send(request, done))
        .onFailure(done::tryFail);
    return done.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private Future<InetAddress> resolve(String host) {
    try {
      return Future.succeededFuture(
          InetAddress.ofLiteral(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
    } catch (IllegalArgumentException _) {
      return vertx.nameResolver().resolve(host);
    }
  }

  private static String target(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static void send(HttpClientRequest request, Promise<byte[]> done) {
    done.future().onFailure(_ -> request.reset());
    request.exceptionHandler(done::tryFail);
    request.send().onSuccess(response -> read(response, done)).onFailure(done::tryFail);
  }

  private static void read(HttpClientResponse response, Promise<byte[]> done) {
    if (response.statusCode() != 200) {
      done.tryFail(new IOException("answers " + response.statusCode()));
      return;
    }
    Buffer content = Buffer.buffer();
    response.exceptionHandler(done::tryFail);
    response.handler(
        bytes -> {
          if (content.length() + bytes.length() > MAX_BYTES) {
            done.tryFail(new IOException("is larger than " + MAX_BYTES + " bytes"));
          } else {
            content.appendBuffer(bytes);
          }
        });
    response.endHandler(_ -> done.tryComplete(content.getBytes()));
  }
}
