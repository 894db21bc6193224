package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.translate.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people tell rollouts by annotation: each order is looked at once. */
final class Orders {
  private final Map<String, String> seen = new HashMap<>();

  /** The order that was not looked at yet; empty where there is none. */
  Optional<String> next(HasMetadata object) {
    String id = ObjectKey.of(object).id();
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(Command.ANNOTATION);
    if (text == null) {
      seen.remove(id);
      return Optional.empty();
    }
    return text.equals(seen.put(id, text)) ? Optional.empty() : Optional.of(text);
  }

  /** Forgets those of objects that are not among these. */
  void keep(Set<String> ids) {
    seen.keySet().retainAll(ids);
  }

  static Step.Note doesNotApply(String order) {
    return new Step.Note(
        Step.Severity.WARNING,
        "OrderIgnored",
        Command.of(order).isPresent()
            ? "'%s' does not apply: see status.rollout.phase".formatted(order)
            : "'%s' is no order: promote, abort, pause, resume or retry".formatted(order));
  }
}
