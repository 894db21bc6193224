package io.warmgate.server.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {
  private static final int ROOM = 50;

  /** Never too small; too large by the share of one place at most; nothing heavy is missing. */
  @Test
  void weightsAreBoundedFromBothSides() {
    for (int round = 0; round < 200; round++) {
      long seed = ThreadLocalRandom.current().nextLong();
      Random random = new Random(seed);
      SpaceSaving<Long> sketch = new SpaceSaving<>();
      Map<Long, Double> exact = new HashMap<>();
      double total = 0;
      for (int i = 0; i < 2_000; i++) {
        long id = (long) Math.abs(random.nextGaussian() * 60);
        double weight = 1 + random.nextInt(4);
        total += weight;
        exact.merge(id, weight, Double::sum);
        sketch.add(id, weight, ROOM, () -> id, _ -> {});
      }
      double most = total / ROOM;
      Map<Long, Double> counted = new HashMap<>();
      sketch.all().forEach(counter -> counted.put(counter.item(), counter.weight()));
      assertThat(counted).as("seed %d", seed).hasSizeLessThanOrEqualTo(ROOM);
      counted.forEach(
          (id, weight) ->
              assertThat(weight)
                  .as("seed %d, id %d", seed, id)
                  .isBetween(exact.getOrDefault(id, 0.0), exact.getOrDefault(id, 0.0) + most));
      exact.forEach(
          (id, weight) -> {
            if (weight > most) {
              assertThat(counted).as("seed %d, %f of %d", seed, weight, id).containsKey(id);
            }
          });
    }
  }

  @Test
  void whatLosesItsPlaceIsTold() {
    SpaceSaving<String> sketch = new SpaceSaving<>();
    sketch.add(1, 5, 2, () -> "a", _ -> {});
    sketch.add(2, 3, 2, () -> "b", _ -> {});
    StringBuilder left = new StringBuilder();
    sketch.add(3, 1, 2, () -> "c", left::append);
    assertThat(left).hasToString("b");
    assertThat(sketch.all())
        .extracting(SpaceSaving.Counter::item)
        .containsExactlyInAnyOrder("a", "c");
    sketch.scale(0.5);
    assertThat(sketch.all())
        .extracting(SpaceSaving.Counter::weight)
        .containsExactlyInAnyOrder(2.5, 2.0);
  }
}
