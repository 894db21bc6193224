package io.warmgate.operator.translate;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.snapshot.ServiceKey;
import io.warmgate.operator.source.WarmSources;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot comes to.
 *
 * @param config what the pods are to do; null where the gateway has no listener that can be served:
 *     then what runs goes on
 * @param findings what is wrong with which object, in the order it was found
 * @param values every value that {@code config} names, by fingerprint
 * @param services the Service ports that {@code config} names: those whose endpoints are pushed
 * @param releases by route, {@code namespace/name}: of those that are served
 * @param inclusion what of the user's objects {@code config} holds
 * @param sources what policies want to be warm
 * @param consumers what became of each, in the order of the snapshot
 * @param versions by model, {@code namespace/name}: which version of it is asked for, where that
 *     was to be found; empty: none yet
 */
public record Translation(
    @Nullable GatewayConfig config,
    List<Finding> findings,
    SecretValues values,
    NavigableSet<ServiceKey> services,
    Map<String, RouteRelease> releases,
    Inclusion inclusion,
    WarmSources sources,
    List<CompiledConsumer> consumers,
    Map<String, List<FoundVersion>> versions) {
  public Translation {
    findings = List.copyOf(findings);
    releases = Map.copyOf(releases);
    consumers = List.copyOf(consumers);
    versions = Map.copyOf(versions);
  }
}
