package io.warmgate.operator.snapshot;

import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.config.admin.ServedVersions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's pods, and what was minted for them.
 *
 * @param heldValues what the values Secret holds; empty where there is none
 * @param pods that exist, in any order
 * @param traffic of the last minutes, summed over the pods: {@code io.warmgate.operator.fleet}'s
 *     window
 * @param models what the pods were heard to have counted of models, since this operator began
 * @param credentials what each pod said last of models' credentials, by uid
 * @param versions what each pod said last of the versions that servers of models have, by uid
 * @param workload what the Deployment and the Service of the gateway say
 */
public record Fleet(
    WrittenRevisions revisions,
    SecretValues heldValues,
    List<PodSeen> pods,
    List<RuleTraffic> traffic,
    List<ModelTraffic> models,
    Map<String, List<CredentialState>> credentials,
    Map<String, List<ServedVersions>> versions,
    Workload workload) {
  public Fleet {
    versions = Map.copyOf(versions);
    credentials = Map.copyOf(credentials);
    pods = List.copyOf(pods);
    traffic = List.copyOf(traffic);
    models = List.copyOf(models);
  }

  /** Without models. */
  public Fleet(
      WrittenRevisions revisions,
      SecretValues heldValues,
      List<PodSeen> pods,
      List<RuleTraffic> traffic,
      Workload workload) {
    this(revisions, heldValues, pods, traffic, List.of(), Map.of(), Map.of(), workload);
  }

  /** Without traffic. */
  public Fleet(
      WrittenRevisions revisions, SecretValues heldValues, List<PodSeen> pods, Workload workload) {
    this(revisions, heldValues, pods, List.of(), workload);
  }

  /** The revision to go on from: {@link WrittenRevisions#current()}. */
  public @Nullable MintedRevision current() {
    return revisions.current();
  }

  /** The revision in the {@code acknowledged} ConfigMap; 0 before the first. */
  public long acknowledgedNumber() {
    return revisions.acknowledgedNumber();
  }

  /**
   * Which pods of a side are not ready, and why, as far as Kubernetes says; empty: all are.
   *
   * @param desired how many there are to be
   */
  public Optional<String> notReady(String side, int desired) {
    List<PodSeen> of = pods.stream().filter(pod -> pod.of(side)).toList();
    long ready = of.stream().filter(PodSeen::ready).count();
    if (ready >= desired) {
      return Optional.empty();
    }
    String count = "%d of %d pods of template %s are ready".formatted(ready, desired, side);
    return of.stream()
        .filter(pod -> pod.place().waits() != null)
        .findFirst()
        .map(pod -> "%s; %s waits: %s".formatted(count, pod.name(), pod.place().waits()))
        .or(() -> Optional.of(count));
  }

  /** Pods that may be serving requests: {@link PodSeen#answering()}. */
  public List<PodSeen> answering() {
    return pods.stream().filter(PodSeen::answering).toList();
  }
}
