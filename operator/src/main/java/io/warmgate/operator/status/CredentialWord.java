package io.warmgate.operator.status;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.PodSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What answering pods say of the credential that a model is asked with now.
 *
 * @param said by those that know something, in the order of the pods' names
 */
record CredentialWord(List<CredentialState> said) {
  CredentialWord {
    said = List.copyOf(said);
  }

  /**
   * What a pod says of another credential, the one before, does not count.
   *
   * @param model {@code namespace/name}
   * @param config that is served; null: none
   */
  static CredentialWord of(String model, Fleet fleet, @Nullable GatewayConfig config) {
    Optional<Model> served =
        config == null
            ? Optional.empty()
            : config.models().stream().filter(any -> any.id().equals(model)).findFirst();
    List<PodSeen> answering =
        fleet.answering().stream().sorted(Comparator.comparing(PodSeen::name)).toList();
    List<CredentialState> said = new ArrayList<>();
    if (served.isPresent()) {
      String fingerprint =
          served.get().credential() == null ? null : served.get().credential().fingerprint();
      for (PodSeen pod : answering) {
        fleet.credentials().getOrDefault(pod.uid(), List.of()).stream()
            .filter(any -> any.model().equals(model))
            .filter(any -> Objects.equals(any.fingerprint(), fingerprint))
            .forEach(said::add);
      }
    }
    return new CredentialWord(said);
  }

  /** That of several gateways together. */
  static CredentialWord of(List<CredentialWord> gateways) {
    return new CredentialWord(
        gateways.stream().flatMap(gateway -> gateway.said().stream()).toList());
  }

  /** Those that say this. */
  List<CredentialState> saying(Verdict verdict) {
    return said.stream().filter(any -> any.verdict() == verdict).toList();
  }
}
