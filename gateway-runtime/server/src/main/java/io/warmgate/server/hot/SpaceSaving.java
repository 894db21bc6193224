package io.warmgate.server.hot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The heaviest of many things, in bounded room: what is new takes the place of the lightest, and
 * its weight on top of its own, so that a weight is never too small, and too large by no more than
 * the lightest's (Metwally, Agrawal, El Abbadi, "Efficient Computation of Frequent and Top-k
 * Elements in Data Streams", 2005). A heap finds the lightest.
 */
final class SpaceSaving<T> {
  private final Map<Long, Counter<T>> byId = new HashMap<>();
  private final List<Counter<T>> heap = new ArrayList<>();

  /** One thing's. */
  static final class Counter<T> {
    private long id;
    private T item;
    private double weight;
    private int place;

    private Counter(long id, T item, int place) {
      this.id = id;
      this.item = item;
      this.place = place;
    }

    T item() {
      return item;
    }

    double weight() {
      return weight;
    }
  }

  /**
   * One thing more, or the same again.
   *
   * @param room for so many, one at least; it may become less
   * @param item made where it is new
   * @param left is told what lost its place
   * @return what is counted under the id
   */
  T add(long id, double weight, int room, Supplier<T> item, Consumer<T> left) {
    Counter<T> counter = byId.get(id);
    if (counter == null) {
      counter = heap.size() < room ? grown(id, item.get()) : taken(id, item.get(), left);
    }
    counter.weight += weight;
    down(counter);
    return counter.item;
  }

  private Counter<T> grown(long id, T item) {
    Counter<T> counter = new Counter<>(id, item, heap.size());
    heap.add(counter);
    byId.put(id, counter);
    while (counter.place > 0 && at(parent(counter)).weight > counter.weight) {
      swap(counter, at(parent(counter)));
    }
    return counter;
  }

  private Counter<T> taken(long id, T item, Consumer<T> left) {
    Counter<T> lightest = heap.getFirst();
    byId.remove(lightest.id);
    left.accept(lightest.item);
    lightest.id = id;
    lightest.item = item;
    byId.put(id, lightest);
    return lightest;
  }

  private void down(Counter<T> counter) {
    while (true) {
      int child = 2 * counter.place + 1;
      if (child >= heap.size()) {
        return;
      }
      if (child + 1 < heap.size() && at(child + 1).weight < at(child).weight) {
        child++;
      }
      if (at(child).weight >= counter.weight) {
        return;
      }
      swap(counter, at(child));
    }
  }

  private static int parent(Counter<?> counter) {
    return (counter.place - 1) / 2;
  }

  private Counter<T> at(int place) {
    return heap.get(place);
  }

  private void swap(Counter<T> one, Counter<T> other) {
    int place = one.place;
    one.place = other.place;
    other.place = place;
    heap.set(one.place, one);
    heap.set(other.place, other);
  }

  /** Every weight, by that factor. */
  void scale(double factor) {
    heap.forEach(counter -> counter.weight *= factor);
  }

  int size() {
    return heap.size();
  }

  /** In no order. */
  List<Counter<T>> all() {
    return heap;
  }
}
