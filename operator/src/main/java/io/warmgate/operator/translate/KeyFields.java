package io.warmgate.operator.translate;

import io.warmgate.config.CacheRule;
import io.warmgate.config.CacheRule.QueryKey.Mode;
import io.warmgate.config.KeyParts;
import io.warmgate.crd.v1alpha1.CacheKey;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.KeyPartition;
import io.warmgate.crd.v1alpha1.QueryKey;
import io.warmgate.crd.v1alpha1.QueryOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a request is part of the key. */
final class KeyFields {
  /** Which parameters are keyed: the two lists are one choice, their order is another. */
  private record Parameters(List<String> include, List<String> exclude) {}

  /** Whose answers they are: a claim is one choice with its name. */
  private record Partition(KeyPartition by, @Nullable String claim) {
    static final Partition NONE = new Partition(KeyPartition.NONE, null);
  }

  private static final PolicyField<Parameters> QUERY =
      new PolicyField<>("key.query", KeyFields::parameters);
  private static final PolicyField<QueryOrder> ORDER =
      new PolicyField<>("key.query.order", KeyFields::order);
  private static final PolicyField<List<String>> HEADERS =
      PolicyField.list("key.headers", spec -> spec.key().headers());
  private static final PolicyField<List<String>> COOKIES =
      PolicyField.list("key.cookies", spec -> spec.key().cookies());
  private static final PolicyField<List<String>> IGNORED_COOKIES =
      PolicyField.list("key.ignoredCookies", spec -> spec.key().ignoredCookies());
  private static final PolicyField<Partition> PARTITION =
      new PolicyField<>("key.partitionBy", KeyFields::partition);
  private static final PolicyField<List<String>> CREDENTIALS =
      PolicyField.list("key.credentialHeaders", spec -> spec.key().credentialHeaders());

  static final List<PolicyField<?>> ALL =
      List.of(QUERY, ORDER, HEADERS, COOKIES, IGNORED_COOKIES, PARTITION, CREDENTIALS);

  private KeyFields() {}

  static CacheRule.QueryKey query(List<CachePolicy> policies) {
    Parameters asked = QUERY.first(policies).orElse(new Parameters(List.of(), List.of()));
    if (!asked.include().isEmpty()) {
      return new CacheRule.QueryKey(Mode.INCLUDE, PolicyField.sorted(asked.include()));
    }
    return new CacheRule.QueryKey(
        asked.exclude().isEmpty() ? Mode.ALL : Mode.EXCLUDE, PolicyField.sorted(asked.exclude()));
  }

  static List<String> headers(List<CachePolicy> policies) {
    return HEADERS.first(policies).map(PolicyField::canonical).orElse(List.of());
  }

  static KeyParts merge(List<CachePolicy> policies) {
    return new KeyParts(
        switch (ORDER.first(policies).orElse(QueryOrder.KEEP)) {
          case KEEP -> KeyParts.QueryOrder.KEEP;
          case SORT -> KeyParts.QueryOrder.SORT;
        },
        COOKIES.first(policies).map(PolicyField::sorted).orElse(List.of()),
        IGNORED_COOKIES.first(policies).map(PolicyField::sorted).orElse(List.of()),
        credentials(policies),
        callers(policies));
  }

  /** The policy whose {@code partitionBy} counts. */
  static Optional<CachePolicy> partitioner(List<CachePolicy> policies) {
    return policies.stream().filter(policy -> PARTITION.of(policy).isPresent()).findFirst();
  }

  private static KeyParts.@Nullable CallerPartition callers(List<CachePolicy> policies) {
    Partition partition = PARTITION.first(policies).orElse(Partition.NONE);
    return switch (partition.by()) {
      case NONE, CREDENTIAL -> null;
      case CONSUMER -> new KeyParts.CallerPartition(null);
      case CLAIM -> new KeyParts.CallerPartition(partition.claim());
    };
  }

  private static List<String> credentials(List<CachePolicy> policies) {
    return switch (PARTITION.first(policies).orElse(Partition.NONE).by()) {
      case NONE, CONSUMER, CLAIM -> List.of();
      case CREDENTIAL ->
          PolicyField.canonical(
              CREDENTIALS.first(policies).orElse(CacheKey.DEFAULT_CREDENTIAL_HEADERS));
    };
  }

  private static @Nullable Partition partition(CachePolicySpec spec) {
    KeyPartition by = spec.key().partitionBy();
    return by == null ? null : new Partition(by, spec.key().partitionClaim());
  }

  private static @Nullable Parameters parameters(CachePolicySpec spec) {
    QueryKey query = spec.key().query();
    return query == null || (query.include().isEmpty() && query.exclude().isEmpty())
        ? null
        : new Parameters(query.include(), query.exclude());
  }

  private static @Nullable QueryOrder order(CachePolicySpec spec) {
    QueryKey query = spec.key().query();
    return query == null ? null : query.order();
  }
}
