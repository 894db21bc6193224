package io.warmgate.operator.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RedisMode;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Gatherer;
import io.warmgate.operator.gather.NotYetKnown;
import io.warmgate.operator.manifest.RedisManifests;
import io.warmgate.operator.reconcile.Applier;
import io.warmgate.operator.reconcile.Reporter;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.RedisServer;
import io.warmgate.operator.snapshot.RedisSnapshot;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.status.RedisReport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The reconcile of a {@code RedisCache}: gather, apply, report. */
public final class RedisReconciler implements Reconciler<RedisCache> {
  private final Gatherer gatherer;
  private final Applier applier;
  private final Reporter reporter;
  private final Servers servers;
  private final String image;
  private final EventSource<?, RedisCache> events;

  /** uid → what was minted: the informer may not show the Secret yet. */
  private final Map<String, String> passwords = new ConcurrentHashMap<>();

  /**
   * @param image of servers that name none
   */
  public RedisReconciler(
      Gatherer gatherer,
      Applier applier,
      Reporter reporter,
      Servers servers,
      String image,
      EventSource<?, RedisCache> events) {
    this.gatherer = gatherer;
    this.applier = applier;
    this.reporter = reporter;
    this.servers = servers;
    this.image = image;
    this.events = events;
  }

  @Override
  public List<EventSource<?, RedisCache>> prepareEventSources(
      EventSourceContext<RedisCache> context) {
    return List.of(events);
  }

  @Override
  public UpdateControl<RedisCache> reconcile(RedisCache primary, Context<RedisCache> context) {
    Optional<RedisCache> redis = gatherer.redis(GatewayKey.of(primary));
    if (redis.isEmpty() || redis.get().getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    try {
      return reconcile(redis.get(), Instant.now());
    } catch (NotYetKnown e) {
      return UpdateControl.<RedisCache>noUpdate().rescheduleAfter(Duration.ofMillis(500));
    }
  }

  private UpdateControl<RedisCache> reconcile(RedisCache redis, Instant now) {
    Map<String, SecretLookup> secrets = gatherer.redisSecrets(redis);
    RedisSnapshot snapshot =
        new RedisSnapshot(
            redis, secrets, gatherer.gatewaysOf(redis), server(redis, secrets), image);
    SecretLookup secret = snapshot.secret();
    if (redis.getSpec().mode() == RedisMode.STANDALONE
        && !(secret instanceof SecretLookup.NotReadable)) {
      applier.apply(RedisManifests.of(snapshot, password(redis, secret)));
    }
    Optional<Instant> again = reporter.report(redis, RedisReport.of(snapshot, now), now);
    Duration pause =
        again.map(at -> Duration.between(Instant.now(), at)).orElse(Servers.FRESH.plusMillis(1));
    return redis.getSpec().mode() == RedisMode.EXTERNAL || again.isPresent()
        ? UpdateControl.<RedisCache>noUpdate()
            .rescheduleAfter(pause.isPositive() ? pause : Duration.ofMillis(1))
        : UpdateControl.noUpdate();
  }

  private String password(RedisCache redis, SecretLookup secret) {
    if (secret instanceof SecretLookup.Found found) {
      Optional<byte[]> kept = found.value(RedisNames.PASSWORD);
      if (kept.isPresent()) {
        return new String(kept.get(), UTF_8);
      }
    }
    return passwords.computeIfAbsent(redis.getMetadata().getUid(), uid -> random());
  }

  private static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private RedisServer server(RedisCache redis, Map<String, SecretLookup> secrets) {
    return redis.getSpec().mode() == RedisMode.STANDALONE
        ? gatherer.standalone(redis)
        : servers.find(GatewayKey.of(redis), ProbeTarget.of(redis, secrets));
  }

  /** It is gone. */
  public void forget(RedisCache redis) {
    passwords.remove(redis.getMetadata().getUid());
    servers.forget(GatewayKey.of(redis));
    gatherer.forgetRedis(GatewayKey.of(redis));
  }
}
