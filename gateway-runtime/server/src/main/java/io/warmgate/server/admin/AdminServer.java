package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.warmgate.server.HandoverPort;
import io.warmgate.server.PreviewToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pod's admin API over TLS. Certificate and tokens come from the mounted Secret; a changed one
 * is used within a second of its files' change, a wrong one leaves the one before.
 */
public final class AdminServer {
  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final long RELOAD_MILLIS = 1_000;

  private final Vertx vertx;
  private final Path directory;
  private final HttpServer server;
  private final Told told;
  private volatile AdminSecret secret;
  private long reload = -1;

  /** Who is told of the Secret what is not for this API. */
  public record Told(PreviewToken preview, HandoverPort handover) {
    void of(AdminSecret secret) {
      preview.set(secret.previewToken());
      handover.keys(secret.handoverKeys());
    }
  }

  /** What is offered, by whom it is for: everybody, the operator, applications that purge. */
  public record Apis(
      Probes probes,
      OperatorApi operator,
      PurgeApi purging,
      ExplainApi explain,
      TrafficApi traffic,
      WarmApi warming) {}

  /**
   * @param directory mount of the admin Secret
   * @param told of the Secret, and of each that follows it
   * @throws IOException where the Secret cannot be read
   */
  public AdminServer(Vertx vertx, Path directory, Told told, Apis apis) throws IOException {
    this.vertx = vertx;
    this.directory = directory;
    this.told = told;
    this.secret = AdminSecret.read(directory);
    told.of(secret);
    Map<String, Operation> guarded = new HashMap<>(apis.operator().operations());
    guarded.putAll(apis.explain().operations());
    guarded.putAll(apis.traffic().operations());
    guarded.putAll(apis.warming().operations());
    this.server =
        vertx
            .createHttpServer(options(secret))
            .requestHandler(
                new AdminHandler(
                    apis.probes().operations(),
                    guarded,
                    apis.purging().operations(),
                    authorization -> secret.caller(authorization)));
  }

  /**
   * @param port 0: any
   * @return the port
   */
  public Future<Integer> listen(String address, int port) {
    return server
        .listen(port, address)
        .map(
            listening -> {
              reload = vertx.setPeriodic(RELOAD_MILLIS, _ -> reload());
              return listening.actualPort();
            });
  }

  public Future<Void> close() {
    vertx.cancelTimer(reload);
    return server.close();
  }

  private void reload() {
    var _ =
        vertx
            .executeBlocking(() -> AdminSecret.read(directory), false)
            .compose(this::use)
            .onFailure(cause -> log.warn("the admin Secret cannot be used: {}", cause.toString()));
  }

  private Future<Void> use(AdminSecret next) {
    AdminSecret was = secret;
    if (next.sameCertificate(was)) {
      become(next);
      return Future.succeededFuture();
    }
    return server
        .updateSSLOptions(tls(next))
        .onSuccess(_ -> log.info("the admin API has a new certificate"))
        .map(
            _ -> {
              become(next);
              return null;
            });
  }

  private void become(AdminSecret next) {
    secret = next;
    told.of(next);
  }

  private static HttpServerOptions options(AdminSecret secret) {
    return new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(pem(secret))
        .setMaxHeaderSize(8_192)
        .setIdleTimeout(60)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  private static PemKeyCertOptions pem(AdminSecret secret) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(secret.certificate()))
        .addKeyValue(Buffer.buffer(secret.privateKey()));
  }

  private static ServerSSLOptions tls(AdminSecret secret) {
    return new ServerSSLOptions().setKeyCertOptions(pem(secret));
  }
}
