package io.warmgate.server.handover;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.PinnedTrust;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.handover.HandoverCounts.Outcome;
import io.warmgate.server.upstream.Endpoint;
import io.warmgate.server.upstream.EndpointDirectory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests over to pods of the gateway's other side. Where none of them can be reached this
 * pod answers, which is as good: both serve the same configuration.
 */
public final class Handovers implements Elsewhere.Maker {
  /** A connect that takes longer, in milliseconds, has failed. */
  private static final int CONNECT_TIMEOUT = 250;

  /** What was sent and is not acknowledged after so long, in milliseconds, is lost. */
  private static final int TCP_USER_TIMEOUT = 2_000;

  /**
   * Seconds; less than a pod that ends goes on with its ports open, so that by then nobody has an
   * idle connection to it.
   */
  private static final int KEEP_ALIVE = 8;

  /** An answer's head may have what a backend's has, and what the gateway adds. */
  private static final int MAX_HEAD = 128 << 10;

  private final Vertx vertx;
  private final Self self;
  private final EndpointDirectory directory;
  private final HandoverSecret secret;
  private final HandoverCounts counts;
  private final HttpClientAgent client;
  private final Map<String, OtherPods> sides = new ConcurrentHashMap<>();

  /**
   * This pod.
   *
   * @param pod its name
   * @param side null: it has none, and hands nothing over
   */
  public record Self(String pod, @Nullable String side) {}

  public Handovers(
      Vertx vertx,
      Self self,
      EndpointDirectory directory,
      HandoverSecret secret,
      HandoverCounts counts) {
    this.vertx = vertx;
    this.self = self;
    this.directory = directory;
    this.secret = secret;
    this.counts = counts;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_1_1)
                    .setSsl(true)
                    .setVerifyHost(false)
                    .setTrustOptions(TrustOptions.wrap(new PinnedTrust(secret::trusted)))
                    .setKeepAliveTimeout(KEEP_ALIVE)
                    .setConnectTimeout(CONNECT_TIMEOUT)
                    .setTcpUserTimeout(TCP_USER_TIMEOUT)
                    .setMaxHeaderSize(MAX_HEAD)
                    .setDecompressionSupported(false))
            .with(new PoolOptions().setHttp1MaxSize(4_096).setCleanerPeriod(1_000))
            .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
            .build();
  }

  @Override
  public @Nullable Elsewhere of(GatewayConfig config) {
    SideChoice choice = SideChoice.of(self.side(), config.handover());
    if (choice == null) {
      return config.handover() == null ? null : Handovers::nowhere;
    }
    OtherPods pods = sides.computeIfAbsent(choice.side(), _ -> new OtherPods());
    return exchange -> answer(exchange, choice, pods);
  }

  /** Fields that pods alone write are taken off while there is somebody who would read them. */
  private static @Nullable Future<Elsewhere.Outcome> nowhere(Exchange exchange) {
    HandedHead.strip(exchange.request().headers());
    return null;
  }

  private @Nullable Future<Elsewhere.Outcome> answer(
      Exchange exchange, SideChoice choice, OtherPods pods) {
    HandedHead.strip(exchange.request().headers());
    String token = secret.token();
    if (exchange.arrival().handed() != null || token == null || !isForwarded(exchange)) {
      return null;
    }
    if (!choice.takes(
        exchange.request(),
        exchange.client().address(),
        () -> ThreadLocalRandom.current().nextInt(SideChoice.PARTS))) {
      return null;
    }
    Endpoint pod = pods.pick(directory.side(choice.side()), System.nanoTime());
    if (pod == null) {
      counts.add(Outcome.TO_NO_POD);
      return null;
    }
    return new HandingOver(this, exchange, pod, token).start();
  }

  /** The gateway refuses these itself (RFC 9110 §9.3.6, §9.3.8). */
  private static boolean isForwarded(Exchange exchange) {
    String method = exchange.request().method().name();
    return !method.equals("CONNECT") && !method.equals("TRACE");
  }

  Vertx vertx() {
    return vertx;
  }

  HttpClientAgent client() {
    return client;
  }

  HandoverCounts counts() {
    return counts;
  }

  /** Name of this pod. */
  String pod() {
    return self.pod();
  }
}
