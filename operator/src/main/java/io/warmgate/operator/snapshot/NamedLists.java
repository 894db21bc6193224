package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ConfigMapKeyRef;
import io.warmgate.crd.v1alpha1.WarmupSource;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ConfigMaps with lists of requests that users name. */
public final class NamedLists {
  private NamedLists() {}

  /** Their names. */
  public static NavigableSet<String> of(Attachments attachments) {
    Stream<List<WarmupSource>> sources =
        Stream.concat(
            attachments.policies().stream().map(any -> any.policy().getSpec().warmup().sources()),
            attachments.warmups().stream().map(any -> any.getSpec().sources()));
    return sources
        .flatMap(List::stream)
        .map(WarmupSource::configMap)
        .filter(Objects::nonNull)
        .map(ConfigMapKeyRef::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
