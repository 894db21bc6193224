package io.warmgate.operator.translate;

import io.warmgate.config.ClientView;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.ClientCaching;
import io.warmgate.crd.v1alpha1.SurrogateHeaders;
import java.util.List;

/** What clients are told of caching. */
final class ClientFields {
  private static final PolicyField<String> CACHE_CONTROL =
      new PolicyField<>("client.cacheControl", spec -> spec.client().cacheControl());
  private static final PolicyField<SurrogateHeaders> SURROGATE_HEADERS =
      new PolicyField<>("client.surrogateHeaders", spec -> spec.client().surrogateHeaders());

  static final List<PolicyField<?>> ALL = List.of(CACHE_CONTROL, SURROGATE_HEADERS);

  private ClientFields() {}

  static ClientView merge(List<CachePolicy> policies) {
    return new ClientView(
        CACHE_CONTROL
            .first(policies)
            .filter(value -> !value.equals(ClientCaching.KEEP))
            .orElse(null),
        switch (SURROGATE_HEADERS.first(policies).orElse(SurrogateHeaders.KEEP)) {
          case KEEP -> ClientView.SurrogateHeaders.KEEP;
          case STRIP -> ClientView.SurrogateHeaders.STRIP;
        });
  }
}
