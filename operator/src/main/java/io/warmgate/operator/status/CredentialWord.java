package io.warmgate.operator.status;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.PodSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What answering pods say of the credentials that a model is asked with now.
 *
 * @param said by those that know something: key by key, in the order of the pods' names
 */
record CredentialWord(List<Said> said) {
  /**
   * Of what a pod says of one key for several models (of tensors each is asked), the first counts.
   */
  private static final List<Verdict> WEIGHTIEST =
      List.of(Verdict.REFUSED, Verdict.ACCEPTED, Verdict.UNREACHABLE, Verdict.UNTOLD);

  CredentialWord {
    said = List.copyOf(said);
  }

  /**
   * @param key {@code namespace/secret/key} of what it is about; null: the model is asked without
   */
  record Said(@Nullable String key, CredentialState state) {}

  /**
   * What a pod says of another credential, the one before, does not count.
   *
   * @param model {@code namespace/name}
   * @param config that is served; null: none
   */
  static CredentialWord of(String model, Fleet fleet, @Nullable GatewayConfig config) {
    return config == null
        ? new CredentialWord(List.of())
        : config.models().stream()
            .filter(any -> any.object().equals(model) && any.asWritten())
            .findFirst()
            .map(served -> of(served, fleet))
            .orElseGet(() -> new CredentialWord(List.of()));
  }

  /** All models of an object are asked with the same keys. */
  private static CredentialWord of(Model served, Fleet fleet) {
    List<PodSeen> answering =
        fleet.answering().stream().sorted(Comparator.comparing(PodSeen::name)).toList();
    List<Said> said = new ArrayList<>();
    List<@Nullable ValueRef> keys = new ArrayList<>();
    served.everyKey().forEach(key -> keys.add(key.value()));
    if (keys.isEmpty()) {
      keys.add(null);
    }
    for (ValueRef key : keys) {
      String fingerprint = key == null ? null : key.fingerprint();
      for (PodSeen pod : answering) {
        fleet.credentials().getOrDefault(pod.uid(), List.of()).stream()
            .filter(any -> Model.object(any.model()).equals(served.object()))
            .filter(any -> Objects.equals(any.fingerprint(), fingerprint))
            .min(Comparator.comparingInt(any -> WEIGHTIEST.indexOf(any.verdict())))
            .ifPresent(state -> said.add(new Said(key == null ? null : key.name(), state)));
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
  List<Said> saying(Verdict verdict) {
    return said.stream().filter(any -> any.state().verdict() == verdict).toList();
  }
}
