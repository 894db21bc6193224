package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheTarget;
import java.util.Map;

/**
 * A policy that names this gateway or one of its routes.
 *
 * @param elsewhere those of its targets that exist and belong to another gateway → that gateway's
 *     name. A target that is neither here nor in the snapshot does not exist
 */
public record AttachedPolicy(CachePolicy policy, Map<CacheTarget, String> elsewhere) {
  public AttachedPolicy {
    elsewhere = Map.copyOf(elsewhere);
  }
}
