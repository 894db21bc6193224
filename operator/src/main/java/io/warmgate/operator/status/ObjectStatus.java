package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.operator.translate.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * The status that an object should have.
 *
 * @param changed whether it differs from the one it has: only then is it written
 * @param settled whether it is an outcome; one that is not is written after 1 s at the earliest,
 *     since it may be one by then
 * @param seen the version of the object that alone it is true of, since others may have written
 *     another status meanwhile ({@code metadata.resourceVersion}); null: it is true whatever they
 *     wrote
 */
public record ObjectStatus<S>(
    ObjectKey object, S status, boolean changed, boolean settled, @Nullable String seen) {

  public ObjectStatus(ObjectKey object, S status, boolean changed, boolean settled) {
    this(object, status, changed, settled, null);
  }

  /** The same, true only as long as the object is as it was seen. */
  ObjectStatus<S> ifStill(HasMetadata object) {
    return new ObjectStatus<>(
        this.object, status, changed, settled, object.getMetadata().getResourceVersion());
  }
}
