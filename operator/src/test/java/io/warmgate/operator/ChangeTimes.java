package io.warmgate.operator;

import io.warmgate.operator.fake.FakePod;
import io.warmgate.operator.fake.FakePod.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** How long changes took until every pod acknowledged, and where the time went. */
final class ChangeTimes {
  private final List<Change> changes = new ArrayList<>();

  /**
   * One change, in nanoseconds since it began.
   *
   * @param written the API server answered the user
   * @param pushed the revision arrived at the first pod
   * @param acknowledged the last pod had it parsed and checked
   */
  private record Change(long written, long pushed, long acknowledged) {}

  /**
   * @param begunNanos before the change was written
   * @param writtenNanos after it was
   * @param pods all of which serve it
   */
  void add(long begunNanos, long writtenNanos, List<FakePod> pods) {
    changes.add(
        new Change(
            writtenNanos - begunNanos,
            taken(pods).mapToLong(Taken::arrivedNanos).min().orElseThrow() - begunNanos,
            taken(pods).mapToLong(Taken::tookNanos).max().orElseThrow() - begunNanos));
  }

  private static Stream<Taken> taken(List<FakePod> pods) {
    return pods.stream().map(FakePod::taken).map(Objects::requireNonNull);
  }

  int size() {
    return changes.size();
  }

  @Override
  public String toString() {
    return "acknowledged by every pod after p50 %d ms, p99 %d ms (medians: written %d ms, pushed %d ms)"
        .formatted(
            millis(Change::acknowledged, 50),
            millis(Change::acknowledged, 99),
            millis(Change::written, 50),
            millis(Change::pushed, 50));
  }

  private long millis(ToLongFunction<Change> of, int percentile) {
    long[] sorted = changes.stream().mapToLong(of).sorted().toArray();
    int index = (sorted.length * percentile + 99) / 100 - 1;
    return sorted[index] / 1_000_000;
  }
}
