package io.warmgate.server.ai;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Whom one call asks, one after the other: of each model its keys, in the order that their weights
 * draw. Who rests comes last, and of keys that rest the one alone that is likely to be good first.
 */
final class CallOrder {
  private final Rests rests;
  private final Deque<Keyed> left = new ArrayDeque<>();

  /**
   * @param order of the models, the chosen one first; never empty
   * @param draw from 0 to below its argument
   */
  CallOrder(List<Choice> order, Rests rests, LongUnaryOperator draw) {
    this.rests = rests;
    List<Keyed> last = new ArrayList<>();
    for (Choice choice : order) {
      List<ModelKey> awake = new ArrayList<>();
      List<ModelKey> resting = new ArrayList<>();
      for (ModelKey key : choice.model().keys()) {
        (rests.rests(key) ? resting : awake).add(key);
      }
      Collection<Keyed> turns = rests.rests(choice.model().model().id()) ? last : left;
      drawn(awake, draw).forEach(key -> turns.add(new Keyed(choice, key)));
      soonest(resting, rests).ifPresent(key -> last.add(new Keyed(choice, key)));
    }
    left.addAll(last);
  }

  private static Optional<ModelKey> soonest(List<ModelKey> resting, Rests rests) {
    return resting.stream().min(Comparator.comparing(rests::rest));
  }

  private static List<ModelKey> drawn(List<ModelKey> keys, LongUnaryOperator draw) {
    if (keys.size() < 2) {
      return keys;
    }
    List<ModelKey> drawn = new ArrayList<>(keys.size());
    long sum = keys.stream().mapToLong(ModelKey::weight).sum();
    while (keys.size() > 1) {
      long at = draw.applyAsLong(sum);
      int i = 0;
      while (at >= keys.get(i).weight()) {
        at -= keys.get(i++).weight();
      }
      ModelKey next = keys.remove(i);
      sum -= next.weight();
      drawn.add(next);
    }
    drawn.addAll(keys);
    return drawn;
  }

  boolean isOver() {
    return left.isEmpty();
  }

  /** Who is asked next; there is one. Keys that have begun to rest meanwhile are passed over. */
  Keyed next() {
    Keyed next = left.remove();
    while (!left.isEmpty() && rests.rests(next.key())) {
      next = left.remove();
    }
    return next;
  }

  /** It is the model that failed, whichever key it is asked with. */
  void without(Choice failed) {
    left.removeIf(any -> any.choice().equals(failed));
  }
}
