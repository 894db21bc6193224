package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people tell rollouts by annotation: each order is obeyed once, and taken off until it is
 * off.
 */
final class Orders {
  /** An order that is still there so long after it was obeyed could not be taken off. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** Of the note on an order that does not apply. */
  static final String IGNORED = "OrderIgnored";

  private final Map<String, Obeyed> obeyed = new HashMap<>();

  /**
   * @param again when it is taken off once more
   */
  private record Obeyed(String text, Instant again) {}

  /** The order that was not obeyed yet; empty where there is none. */
  Optional<String> next(HasMetadata object) {
    String text = text(object);
    Obeyed before = obeyed.get(ObjectKey.of(object).id());
    if (text == null) {
      obeyed.remove(ObjectKey.of(object).id());
      return Optional.empty();
    }
    return before != null && before.text.equals(text) ? Optional.empty() : Optional.of(text);
  }

  /**
   * A change that obeys an order, or follows from none. It is obeyed once that is written.
   *
   * @param order null: none
   */
  Rollouts.Change change(
      HasMetadata object,
      @Nullable RolloutStatus status,
      List<Step.Note> notes,
      @Nullable String order,
      Instant now) {
    Runnable stands =
        order == null
            ? () -> {}
            : () -> obeyed.put(ObjectKey.of(object).id(), new Obeyed(order, now.plus(AGAIN)));
    return new Rollouts.Change(object, status, notes, order, stands);
  }

  /**
   * An operator before this one may have ended between what an order led to and taking it off: what
   * is promoted is not promoted twice, which would be past warming.
   */
  void met(HasMetadata object, RolloutStatus written, Instant now) {
    if (Boolean.TRUE.equals(written.promoted())) {
      obeyed.put(ObjectKey.of(object).id(), new Obeyed(Command.PROMOTE.wire(), now));
    }
  }

  /** An order that was obeyed and has to be taken off once more; empty where there is none. */
  Optional<Rollouts.Change> left(HasMetadata object, Instant now) {
    Obeyed before = obeyed.get(ObjectKey.of(object).id());
    return before != null && before.text.equals(text(object)) && !now.isBefore(before.again)
        ? Optional.of(change(object, null, List.of(), before.text, now))
        : Optional.empty();
  }

  /** When to look at those again that are not off yet. */
  Optional<Instant> again() {
    return obeyed.values().stream().map(Obeyed::again).min(Instant::compareTo);
  }

  private static @Nullable String text(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Command.ANNOTATION);
  }

  /** Forgets those of objects that are not among these. */
  void keep(Set<String> ids) {
    obeyed.keySet().retainAll(ids);
  }

  static Step.Note doesNotApply(String order) {
    return new Step.Note(
        Step.Severity.WARNING,
        IGNORED,
        Command.of(order).isPresent()
            ? "'%s' does not apply: see status.rollout.phase".formatted(order)
            : "'%s' is no order: promote, abort, pause, resume or retry".formatted(order));
  }
}
