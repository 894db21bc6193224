package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.warmgate.operator.rollout.Command;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what became of an object, where a reader would care: as it is now, and first as it was
 * where it was another, since a reference may have moved from one gateway to another.
 *
 * @param <T> the kind
 */
final class Interest<T extends HasMetadata> implements ResourceEventHandler<T> {
  private final Consumer<List<T>> changed;
  private final Predicate<Change<T>> matters;

  /** An object before and after. */
  record Change<T>(T before, T now) {}

  private Interest(Predicate<Change<T>> matters, Consumer<List<T>> changed) {
    this.matters = matters;
    this.changed = changed;
  }

  /** Every change of the object, its status included; not that it was looked at again. */
  static <T extends HasMetadata> Interest<T> inAll(Consumer<List<T>> changed) {
    return new Interest<>(Interest::rewritten, changed);
  }

  /**
   * Changes of what users write: the spec ({@code metadata.generation}), its deletion, and orders
   * to a rollout.
   */
  static <T extends HasMetadata> Interest<T> inSpec(Consumer<List<T>> changed) {
    return new Interest<>(Interest::respecified, changed);
  }

  private static boolean rewritten(Change<? extends HasMetadata> change) {
    return !Objects.equals(
        change.before().getMetadata().getResourceVersion(),
        change.now().getMetadata().getResourceVersion());
  }

  private static boolean respecified(Change<? extends HasMetadata> change) {
    return !Objects.equals(
            change.before().getMetadata().getGeneration(),
            change.now().getMetadata().getGeneration())
        || !Objects.equals(
            change.before().getMetadata().getUid(), change.now().getMetadata().getUid())
        || !Objects.equals(
            change.before().getMetadata().getDeletionTimestamp(),
            change.now().getMetadata().getDeletionTimestamp())
        || !Objects.equals(order(change.before()), order(change.now()));
  }

  private static @Nullable String order(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Command.ANNOTATION);
  }

  @Override
  public void onAdd(T object) {
    changed.accept(List.of(object));
  }

  @Override
  public void onUpdate(T before, T now) {
    if (matters.test(new Change<>(before, now))) {
      changed.accept(List.of(before, now));
    }
  }

  @Override
  public void onDelete(T object, boolean unknownState) {
    changed.accept(List.of(object));
  }
}
