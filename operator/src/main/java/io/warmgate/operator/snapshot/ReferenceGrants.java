package io.warmgate.operator.snapshot;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From which other namespaces ApiConsumers may name a gateway: what the ReferenceGrants in the
 * gateway's namespace say (Gateway API, GEP-709).
 */
public sealed interface ReferenceGrants {

  /** They were read. */
  record Known(Set<Allowed> allowed) implements ReferenceGrants {
    public Known {
      allowed = Set.copyOf(allowed);
    }
  }

  /** The API server does not know the kind: Gateway API's CRDs are not installed. */
  record NotServed() implements ReferenceGrants {}

  /** The operator may not list them. */
  record NotReadable() implements ReferenceGrants {}

  /**
   * One {@code from} together with one {@code to}.
   *
   * @param namespace whose ApiConsumers
   * @param gateway the name of the ApiGateway; null: any of the grant's namespace
   */
  record Allowed(String namespace, @Nullable String gateway) {}

  /** Nobody was let in. */
  static ReferenceGrants none() {
    return new Known(Set.of());
  }

  /** Whether ApiConsumers of this other namespace may name the gateway. */
  default boolean allow(String namespace, String gateway) {
    return switch (this) {
      case Known(var allowed) ->
          allowed.contains(new Allowed(namespace, null))
              || allowed.contains(new Allowed(namespace, gateway));
      case NotServed() -> false;
      case NotReadable() -> false;
    };
  }
}
