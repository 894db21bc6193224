package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.Consumer;

/**
 * Keeps of each object what the operator reads: never {@code managedFields}, which are often the
 * larger half, nor the annotation in which kubectl repeats the object.
 */
final class PrunedStore<T extends HasMetadata> extends BasicItemStore<T> {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final Consumer<T> prune;

  /**
   * @param prune drops from a fresh object what else is not read
   */
  PrunedStore(Consumer<T> prune) {
    super(Cache::metaNamespaceKeyFunc);
    this.prune = prune;
  }

  @Override
  public T put(String key, T object) {
    object.getMetadata().setManagedFields(null);
    if (object.getMetadata().getAnnotations() != null) {
      object.getMetadata().getAnnotations().remove(LAST_APPLIED);
    }
    prune.accept(object);
    return super.put(key, object);
  }
}
