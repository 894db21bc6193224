package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.warmgate.server.upstream.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks services that it is found out by who may call: at the address that was looked at before it
 * is connected to ({@link AddressGuard}), within bounds of time and size, and following no
 * redirect, so that whoever answers there sends the pod nowhere else. Failures are {@link
 * IOException}s, or the network's, that may be logged: nothing of what was sent is in them.
 */
final class GuardedHttp {
  /** In seconds; shorter than what servers keep idle connections for. */
  private static final int IDLE = 5;

  private static final int CONNECT_TIMEOUT = 5_000;
  private static final int MOST_CONNECTIONS = 64;

  private final VertxInternal vertx;
  private final AddressGuard guard;
  private final HttpClientAgent client;
  private final @Nullable ClientSSLOptions tls;

  /**
   * @param url http or https
   * @param fields of the request's head
   * @param content sent by POST; null: it is a GET
   * @param millis from the name to the last byte
   * @param maxBytes of the answer's content
   */
  record Question(
      String url, Map<String, String> fields, @Nullable Buffer content, long millis, int maxBytes) {
    @Override
    public String toString() {
      return "Question[not shown]";
    }
  }

  /** An answer's status, its fields, and its whole content. */
  record Answer(int status, MultiMap fields, Buffer content) {
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  GuardedHttp(Vertx vertx, AddressGuard guard) {
    this(
        (VertxInternal) vertx,
        guard,
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAliveTimeout(IDLE)
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setVerifyHost(true)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS)),
        null);
  }

  private GuardedHttp(
      VertxInternal vertx,
      AddressGuard guard,
      HttpClientAgent client,
      @Nullable ClientSSLOptions tls) {
    this.vertx = vertx;
    this.guard = guard;
    this.client = client;
    this.tls = tls;
  }

  /** The same, of servers whose certificates these authorities signed, and no others. */
  GuardedHttp trusting(X509TrustManager authorities) {
    return new GuardedHttp(
        vertx,
        guard,
        client,
        new ClientSSLOptions()
            .setTrustOptions(TrustOptions.wrap(authorities))
            .setHostnameVerificationAlgorithm("HTTPS"));
  }

  /** Asks. Completes on any thread. */
  Future<Answer> ask(Question question) {
    URI uri;
    try {
      uri = URI.create(question.url);
    } catch (IllegalArgumentException _) {
      return Future.failedFuture(new IOException("is no URL"));
    }
    if (uri.getHost() == null) {
      return Future.failedFuture(new IOException("names no host"));
    }
    Promise<Answer> done = Promise.promise();
    long timer =
        vertx.setTimer(question.millis, _ -> done.tryFail(new IOException("took too long")));
    attempt(uri, question, done)
        // RFC 9112 §9.3.1: an idle connection may be closed just when it is used. Asking changes
        // nothing, so it is asked once more.
        .recover(
            cause ->
                cause instanceof HttpClosedException && !done.future().isComplete()
                    ? attempt(uri, question, done)
                    : Future.failedFuture(cause))
        .onComplete(done::tryComplete, done::tryFail);
    return done.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private Future<Answer> attempt(URI uri, Question question, Promise<Answer> done) {
    String host = uri.getHost();
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return resolve(host)
        .compose(
            address -> {
              if (!guard.allows(new InetSocketAddress(address, port))) {
                return Future.failedFuture(
                    new IOException("is at an address that may not be asked"));
              }
              RequestOptions options =
                  new RequestOptions()
                      .setMethod(question.content == null ? HttpMethod.GET : HttpMethod.POST)
                      .setServer(
                          SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                      .setHost(host)
                      .setPort(port)
                      .setSsl(secure)
                      .setURI(target(uri))
                      .setFollowRedirects(false)
                      .putHeader("user-agent", "warmgate");
              if (secure && tls != null) {
                options.setSslOptions(tls);
              }
              question.fields.forEach(options::putHeader);
              return client.request(options);
            })
        .compose(request -> send(request, question, done));
  }

  /**
   * Completes on the asker's context, whoever asks: what follows runs there, and an answer comes
   * there too, so that nobody misses its end.
   */
  private Future<InetAddress> resolve(String host) {
    ContextInternal context = vertx.getOrCreateContext();
    try {
      return context.succeededFuture(
          InetAddress.ofLiteral(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
    } catch (IllegalArgumentException _) {
      Promise<InetAddress> resolved = context.promise();
      vertx.nameResolver().resolve(host).onComplete(resolved);
      return resolved.future();
    }
  }

  private static String target(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static Future<Answer> send(
      HttpClientRequest request, Question question, Promise<Answer> done) {
    Promise<Answer> read = Promise.promise();
    done.future().onFailure(_ -> request.reset());
    request.exceptionHandler(read::tryFail);
    (question.content == null ? request.send() : request.send(question.content))
        .onSuccess(response -> read(request, response, question.maxBytes, read))
        .onFailure(read::tryFail);
    return read.future();
  }

  private static void read(
      HttpClientRequest request, HttpClientResponse response, int maxBytes, Promise<Answer> read) {
    Buffer content = Buffer.buffer();
    response.exceptionHandler(read::tryFail);
    response.handler(
        bytes -> {
          if (content.length() + bytes.length() > maxBytes) {
            read.tryFail(new IOException("is larger than " + maxBytes + " bytes"));
            request.reset();
          } else {
            content.appendBuffer(bytes);
          }
        });
    response.endHandler(
        _ -> read.tryComplete(new Answer(response.statusCode(), response.headers(), content)));
  }
}
