package io.warmgate.operator.translate;

import io.warmgate.config.CacheRule;
import io.warmgate.crd.v1alpha1.CachePolicy;
import java.util.List;

/** Names that answers can be purged by. */
final class TagFields {
  private static final PolicyField<List<String>> FROM_HEADERS =
      PolicyField.list("tags.fromHeaders", spec -> spec.tags().fromHeaders());
  private static final PolicyField<List<String>> ADDED =
      PolicyField.list("tags.add", spec -> spec.tags().add());

  static final List<PolicyField<?>> ALL = List.of(FROM_HEADERS, ADDED);

  private TagFields() {}

  static CacheRule.Tags merge(List<CachePolicy> policies) {
    return new CacheRule.Tags(
        FROM_HEADERS.first(policies).map(PolicyField::canonical).orElse(List.of()),
        ADDED.first(policies).map(PolicyField::sorted).orElse(List.of()));
  }
}
