package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.warmgate.config.Access;
import io.warmgate.config.Backend;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Handover;
import io.warmgate.config.Listener;
import io.warmgate.config.LocalEviction;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.config.Telemetry;
import io.warmgate.crd.v1alpha1.ApiGatewaySpec;
import io.warmgate.crd.v1alpha1.GatewayLimits;
import io.warmgate.crd.v1alpha1.LocalCache;
import io.warmgate.crd.v1alpha1.Tracing;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a configuration says of the gateway as a whole. */
record GatewaySettings(
    GatewayRef gateway, CacheLayers cache, ClientLimits limits, Telemetry telemetry) {
  private static final Durations.Bounds HEADER = Durations.Bounds.of("100ms", "1h");
  private static final Durations.Bounds IDLE = Durations.Bounds.of("1s", "24h");

  /** Empty where a setting is invalid and nothing runs that could go on. */
  static Optional<GatewaySettings> compile(
      Snapshot snapshot, Values values, Running running, Findings findings) {
    GatewayRef gateway =
        new GatewayRef(
            snapshot.namespace(), snapshot.name(), snapshot.gateway().getMetadata().getUid());
    CacheLayers.@Nullable SharedCache shared =
        new SharedCacheCompiler(snapshot, values, running, findings).compile();
    ApiGatewaySpec spec = snapshot.gateway().getSpec();
    try {
      long localBytes =
          new Quantity(spec.cache().local().maxMemory()).getNumericalAmount().longValueExact();
      return Optional.of(
          new GatewaySettings(
              gateway,
              new CacheLayers(
                  localBytes,
                  shared,
                  eviction(spec.cache().local()),
                  PartitionShareCompiler.compile(spec.cache().partitionShare())),
              limits(spec.limits()),
              telemetry(spec.telemetry())));
    } catch (Unusable e) {
      findings.add(e.in(ObjectKey.of(snapshot.gateway())));
    } catch (ConfigException | ArithmeticException e) {
      findings.add(
          Unusable.invalid("spec", Objects.requireNonNullElse(e.getMessage(), "is too large"))
              .in(ObjectKey.of(snapshot.gateway())));
    }
    return running
        .config()
        .map(
            config ->
                new GatewaySettings(
                    gateway,
                    new CacheLayers(
                        config.cache().localMaxBytes(),
                        shared,
                        config.cache().localEviction(),
                        config.cache().partitionShares()),
                    config.limits(),
                    config.telemetry()));
  }

  GatewayConfig with(
      List<Listener> listeners,
      List<CompiledRoute> routes,
      @Nullable Handover handover,
      Access access,
      Models models) {
    Map<String, Backend> backends = new TreeMap<>();
    Map<String, Model> asked = new TreeMap<>();
    for (CompiledRoute route : routes) {
      for (Rule rule : route.route().allRules()) {
        rule.backends()
            .forEach(
                ref -> {
                  backends.put(
                      ref.backend(), Objects.requireNonNull(route.backends().get(ref.backend())));
                  if (ref.model() != null) {
                    asked.put(ref.model(), models.served(ref.model()));
                  }
                });
      }
    }
    return new GatewayConfig(
        gateway,
        listeners,
        routes.stream().map(CompiledRoute::route).toList(),
        List.copyOf(backends.values()),
        cache,
        limits,
        telemetry,
        handover,
        access,
        List.copyOf(asked.values()));
  }

  private static LocalEviction eviction(LocalCache local) {
    return switch (local.eviction()) {
      case TINY_LFU -> LocalEviction.TINY_LFU;
      case LRU -> LocalEviction.LRU;
      case LFU -> LocalEviction.LFU;
      case FIFO -> LocalEviction.FIFO;
      case RANDOM -> LocalEviction.RANDOM;
      case TTL -> LocalEviction.TTL;
    };
  }

  private static ClientLimits limits(GatewayLimits limits) {
    return new ClientLimits(
        limits.maxHeaderBytes(),
        limits.maxBodyBytes(),
        Durations.millis("spec.limits.headerTimeout", limits.headerTimeout(), HEADER),
        Durations.millis("spec.limits.idleTimeout", limits.idleTimeout(), IDLE),
        limits.maxConnections());
  }

  private static Telemetry telemetry(io.warmgate.crd.v1alpha1.Telemetry telemetry) {
    Tracing tracing = telemetry.tracing();
    return new Telemetry(
        telemetry.accessLog().enabled(),
        tracing == null
            ? null
            : new Telemetry.Tracing(
                tracing.endpoint().replaceAll("/+$", ""), tracing.samplingPercent()));
  }
}
