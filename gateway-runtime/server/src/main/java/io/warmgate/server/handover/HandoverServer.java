package io.warmgate.server.handover;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.warmgate.server.HandoverKeys;
import io.warmgate.server.HandoverPort;
import io.warmgate.server.exchange.Arrival;
import io.warmgate.server.handover.HandoverCounts.Outcome;
import io.warmgate.server.listener.ListeningDataplane;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what pods of the other side hand over, as if it had come to the listener that it came to
 * there. An answer without {@link HandedHead#ANSWERED} is this port's own: the request was not
 * taken.
 */
public final class HandoverServer implements HandoverPort {
  private static final Logger log = LoggerFactory.getLogger(HandoverServer.class);

  private final ListeningDataplane dataplane;
  private final int port;
  private final HandoverSecret secret;
  private final HandoverCounts counts;
  private @Nullable HandoverKeys keys;
  private boolean wanted;
  private boolean bound;
  private volatile boolean draining;

  /**
   * @param port not 0
   */
  public HandoverServer(
      ListeningDataplane dataplane, int port, HandoverSecret secret, HandoverCounts counts) {
    this.dataplane = dataplane;
    this.port = port;
    this.secret = secret;
    this.counts = counts;
  }

  @Override
  public synchronized void keys(HandoverKeys next) {
    HandoverKeys before = keys;
    if (before != null && next.same(before)) {
      return;
    }
    try {
      secret.set(next);
    } catch (CertificateException e) {
      log.warn("nothing can be handed over: {}", e.toString());
      return;
    }
    keys = next;
    if (bound && before != null && !next.sameCertificate(before)) {
      dataplane
          .podPort()
          .certificate(pem(next))
          .onFailure(
              cause -> log.warn("port {} keeps its certificate: {}", port, cause.toString()));
    } else if (wanted && !bound) {
      var _ = bind(next);
    }
  }

  @Override
  public synchronized Future<Void> open() {
    wanted = true;
    return keys == null ? Future.succeededFuture() : bind(keys);
  }

  private Future<Void> bind(HandoverKeys with) {
    if (with.token().length == 0) {
      return Future.succeededFuture();
    }
    bound = true;
    return dataplane.podPort().open(port, pem(with), this::handle).recover(this::notBound);
  }

  private synchronized Future<Void> notBound(Throwable cause) {
    bound = false;
    log.warn(
        "port {} is not bound, nothing can be handed over to this pod: {}", port, cause.toString());
    return Future.succeededFuture();
  }

  @Override
  public void drain() {
    draining = true;
  }

  @Override
  public Future<Void> close(Duration patience) {
    drain();
    return dataplane.podPort().close(patience);
  }

  private void handle(HttpServerRequest request) {
    if (draining) {
      refuse(request, 503, Outcome.FROM_DRAINING);
      return;
    }
    if (!secret.is(request.getHeader(HandedHead.TOKEN))) {
      refuse(request, 401, Outcome.FROM_UNKNOWN);
      return;
    }
    boolean waits = request.headers().contains("expect");
    HandedHead head = HandedHead.take(request.headers());
    BiConsumer<HttpServerRequest, Arrival> listener =
        head == null ? null : dataplane.listener(head.listener());
    if (head == null || listener == null) {
      refuse(request, 503, Outcome.FROM_NOT_SERVED);
      return;
    }
    counts.add(Outcome.FROM_TAKEN);
    request
        .response()
        .headersEndHandler(_ -> request.response().putHeader(HandedHead.ANSWERED, "1"));
    if (waits && !head.expects()) {
      // Where the client itself waits, it is told by whoever reads its content.
      request.response().writeContinue();
    }
    listener.accept(request, head.arrival());
  }

  private void refuse(HttpServerRequest request, int status, Outcome why) {
    counts.add(why);
    request
        .response()
        .setStatusCode(status)
        .putHeader("connection", "close")
        .end()
        .onComplete(_ -> request.connection().close());
  }

  private static PemKeyCertOptions pem(HandoverKeys keys) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(keys.certificate()))
        .addKeyValue(Buffer.buffer(keys.privateKey()));
  }
}
