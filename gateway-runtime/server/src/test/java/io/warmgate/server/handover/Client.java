package io.warmgate.server.handover;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Clients of all kinds; who the server is is not what they look at. */
final class Client implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClientAgent plain = client(new HttpClientOptions());
  private final HttpClientAgent secure =
      client(new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  private final HttpClientAgent http2 =
      client(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));
  private final HttpClientAgent secureHttp2 =
      client(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setUseAlpn(true)
              .setSsl(true)
              .setTrustAll(true)
              .setVerifyHost(false));

  record Answer(int status, MultiMap headers, String body, HttpVersion version) {}

  private HttpClientAgent client(HttpClientOptions options) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(64))
        .build();
  }

  Answer get(String address, int port, String uri, String... headers) throws TimeoutException {
    return ask(plain, HttpMethod.GET, address, port, uri, null, headers);
  }

  Answer post(String address, int port, String uri, Buffer body) throws TimeoutException {
    return ask(plain, HttpMethod.POST, address, port, uri, body);
  }

  Answer secure(String address, int port, String uri, String... headers) throws TimeoutException {
    return ask(secure, HttpMethod.GET, address, port, uri, null, headers);
  }

  Answer http2(HttpMethod method, int port, String uri, String body) throws TimeoutException {
    return ask(http2, method, "127.0.0.1", port, uri, body.isEmpty() ? null : Buffer.buffer(body));
  }

  Answer secureHttp2(HttpMethod method, int port, String uri, String body) throws TimeoutException {
    return ask(
        secureHttp2, method, "127.0.0.1", port, uri, body.isEmpty() ? null : Buffer.buffer(body));
  }

  private static Answer ask(
      HttpClientAgent client,
      HttpMethod method,
      String address,
      int port,
      String uri,
      @Nullable Buffer body,
      String... headers)
      throws TimeoutException {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setURI(uri)
            .setServer(SocketAddress.inetSocketAddress(port, address))
            .setHost("shop.example.com")
            .setPort(port);
    for (int i = 0; i < headers.length; i += 2) {
      options.addHeader(headers[i], headers[i + 1]);
    }
    return client
        .request(options)
        .compose(request -> answer(body == null ? request.send() : request.send(body)))
        .await(20, TimeUnit.SECONDS);
  }

  /** Its content is read from when its head is there: who asks for it later finds nothing. */
  private static Future<Answer> answer(Future<HttpClientResponse> sent) {
    return sent.compose(
        response ->
            response
                .body()
                .map(
                    read ->
                        new Answer(
                            response.statusCode(),
                            response.headers(),
                            read.toString(),
                            response.version())));
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
