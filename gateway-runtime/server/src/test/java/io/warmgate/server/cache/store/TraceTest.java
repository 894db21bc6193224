package io.warmgate.server.cache.store;

import static io.warmgate.server.cache.store.Slots.held;
import static io.warmgate.server.cache.store.Slots.key;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.LocalEviction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Traces that tell the policies apart, and how much of each a policy answers: the table of {@code
 * docs/choosing.md}.
 */
class TraceTest {
  private static final int ROOM = 100;
  private static final int HOUR = 3_600_000;

  /** A request for a key, whose answer is kept for so long. */
  private record Request(int key, int retentionMillis) {}

  private interface Trace {
    void play(Consumer<Request> requests, Slots clock);
  }

  private static double hitRatio(LocalEviction eviction, Trace trace) {
    Slots slots = new Slots();
    Shelf shelf = slots.shelf(eviction, ROOM);
    int[] hitsAndAll = new int[2];
    trace.play(
        request -> {
          hitsAndAll[1]++;
          if (shelf.get(key(request.key())) == null) {
            shelf.put(key(request.key()), held(request.key(), request.retentionMillis()));
          } else {
            hitsAndAll[0]++;
          }
        },
        slots);
    return 100.0 * hitsAndAll[0] / hitsAndAll[1];
  }

  private static Map<LocalEviction, Double> ratios(Trace trace) {
    Map<LocalEviction, Double> ratios = new EnumMap<>(LocalEviction.class);
    for (LocalEviction eviction : LocalEviction.values()) {
      ratios.put(eviction, hitRatio(eviction, trace));
    }
    return ratios;
  }

  private static Map<LocalEviction, Double> means(Trace trace) {
    Map<LocalEviction, Double> means = new EnumMap<>(LocalEviction.class);
    for (int i = 0; i < 20; i++) {
      ratios(trace).forEach((eviction, ratio) -> means.merge(eviction, ratio / 20, Double::sum));
    }
    return means;
  }

  private static double of(Map<LocalEviction, Double> ratios, LocalEviction eviction) {
    return Objects.requireNonNull(ratios.get(eviction));
  }

  /** 5,000 keys, the n-th asked for n^0.9 times less often than the first. */
  private static void zipf(Consumer<Request> requests, Slots clock) {
    double[] sums = new double[5_000];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += Math.pow(i + 1, -0.9);
      sums[i] = sum;
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60_000; i++) {
      int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
      requests.accept(new Request(at < 0 ? -at - 1 : at, HOUR));
    }
  }

  /** Half as much again as there is room for, over and over. */
  private static void loop(Consumer<Request> requests, Slots clock) {
    for (int i = 0; i < 200 * 150; i++) {
      requests.accept(new Request(i % 150, HOUR));
    }
  }

  /** 60 keys ten times each; then 300 that nobody asks for again, and so on. */
  private static void scan(Consumer<Request> requests, Slots clock) {
    int next = 1_000;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 10 * 60; i++) {
        requests.accept(new Request(i % 60, HOUR));
      }
      for (int i = 0; i < 300; i++) {
        requests.accept(new Request(next++, HOUR));
      }
    }
  }

  /** A new key each ten requests, which go to the last 160: the newer the more of them. */
  private static void drift(Consumer<Request> requests, Slots clock) {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 60_000; i++) {
      double back = random.nextDouble();
      requests.accept(new Request(10_000 + i / 10 - (int) (160 * back * back), HOUR));
    }
  }

  /**
   * 70 keys for an hour, each asked for every ten seconds; and bursts of 150 that are of use for
   * two seconds, in which each is asked for three times.
   */
  private static void bursts(Consumer<Request> requests, Slots clock) {
    int next = 50_000;
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < 70; i++) {
        requests.accept(new Request(i, HOUR));
      }
      for (int i = 0; i < 150; i++) {
        for (int use = 0; use < 3; use++) {
          requests.accept(new Request(next + i, 2_000));
        }
      }
      next += 150;
      clock.passMillis(10_000);
    }
  }

  /** Four slots of use in different ways, room for four, and a fifth that comes: who leaves? */
  @Test
  void eachEvictsAnother() {
    assertThat(loser(LocalEviction.FIFO)).isEqualTo("stored first");
    assertThat(loser(LocalEviction.LRU)).isEqualTo("used longest ago");
    assertThat(loser(LocalEviction.LFU)).isEqualTo("used least");
    assertThat(loser(LocalEviction.TTL)).isEqualTo("over soonest");
    assertThat(loser(LocalEviction.TINY_LFU)).isEqualTo("not asked for before");
  }

  private static String loser(LocalEviction eviction) {
    List<String> names =
        List.of(
            "stored first",
            "used longest ago",
            "used least",
            "over soonest",
            "not asked for before");
    Shelf shelf = new Slots().shelf(eviction, 4);
    shelf.put(key(0), held(0, 9_000));
    shelf.put(key(1), held(1, 8_000));
    shelf.put(key(2), held(2, 7_000));
    shelf.put(key(3), held(3, 1_000));
    for (int used : new int[] {1, 1, 1, 1, 3, 3, 0, 0, 2}) {
      shelf.get(key(used));
    }
    shelf.put(key(4), held(4, 9_500));
    List<String> lost =
        IntStream.range(0, 5).filter(i -> shelf.peek(key(i)) == null).mapToObj(names::get).toList();
    assertThat(lost).hasSize(1);
    return lost.getFirst();
  }

  @Test
  void whatIsAskedForMostOftenIsKeptByWhoeverCounts() {
    Map<LocalEviction, Double> ratios = ratios(TraceTest::zipf);
    assertThat(of(ratios, LocalEviction.TINY_LFU)).isGreaterThan(of(ratios, LocalEviction.LRU) + 5);
    assertThat(of(ratios, LocalEviction.LFU)).isGreaterThan(of(ratios, LocalEviction.LRU) + 2);
    assertThat(of(ratios, LocalEviction.LRU)).isGreaterThan(of(ratios, LocalEviction.FIFO) + 2);
  }

  @Test
  void aLoopLargerThanTheRoomIsHitByChanceOrAdmissionAlone() {
    Map<LocalEviction, Double> ratios = ratios(TraceTest::loop);
    assertThat(of(ratios, LocalEviction.LRU)).isZero();
    assertThat(of(ratios, LocalEviction.FIFO)).isZero();
    assertThat(of(ratios, LocalEviction.LFU)).isZero();
    assertThat(of(ratios, LocalEviction.TTL)).isZero();
    assertThat(of(ratios, LocalEviction.RANDOM)).isBetween(25.0, 60.0);
    assertThat(of(ratios, LocalEviction.TINY_LFU)).isGreaterThan(of(ratios, LocalEviction.RANDOM));
  }

  @Test
  void aScanPushesOutWhatIsUsedOnlyWhereUsesAreNotCounted() {
    Map<LocalEviction, Double> ratios = ratios(TraceTest::scan);
    // 540 of each 900 where the scan empties it, all 600 where it does not.
    for (LocalEviction emptied : List.of(LocalEviction.LRU, LocalEviction.FIFO)) {
      assertThat(of(ratios, emptied)).isEqualTo(100 * 540.0 / 900);
    }
    assertThat(of(ratios, LocalEviction.LFU)).isEqualTo(100 * (20 * 600.0 - 60) / (20 * 900));
    assertThat(of(ratios, LocalEviction.TINY_LFU)).isGreaterThan(64);
  }

  @Test
  void whatIsOverSoonestMakesRoomForWhatLasts() {
    Map<LocalEviction, Double> ratios = ratios(TraceTest::bursts);
    // Of each 520 the 300 repetitions hit everywhere; by TTL the 70 that last do too.
    double all = 60 * 520.0;
    assertThat(of(ratios, LocalEviction.TTL)).isEqualTo(100 * (60 * 370 - 70) / all);
    assertThat(of(ratios, LocalEviction.LRU)).isEqualTo(100 * 60 * 300 / all);
    assertThat(of(ratios, LocalEviction.FIFO)).isEqualTo(100 * 60 * 300 / all);
  }

  /** Within a point of the mean of twenty: TinyLFU admits by chance now and then. */
  @Test
  void theTableSaysHowMuchIsHit() throws IOException {
    Map<String, Trace> traces = new java.util.LinkedHashMap<>();
    traces.put("Zipf", TraceTest::zipf);
    traces.put("news", TraceTest::drift);
    traces.put("loop", TraceTest::loop);
    traces.put("scan", TraceTest::scan);
    traces.put("bursts", TraceTest::bursts);
    SoftAssertions all = new SoftAssertions();
    for (Map.Entry<String, Trace> trace : traces.entrySet()) {
      Map<LocalEviction, Double> measured = means(trace.getValue());
      List<Double> written = row(trace.getKey());
      String is =
          measured.values().stream().map(ratio -> "%.0f".formatted(ratio)).collect(joining(" | "));
      assertThat(written).as("%s: %s", trace.getKey(), is).hasSize(measured.size());
      int column = 0;
      for (double ratio : measured.values()) {
        all.assertThat(written.get(column++))
            .as("%s: %s", trace.getKey(), is)
            .isCloseTo(ratio, Offset.offset(1.0));
      }
    }
    all.assertAll();
  }

  private static List<Double> row(String trace) throws IOException {
    Path page = Path.of(System.getProperty("warmgate.root", "../.."), "docs", "choosing.md");
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("| " + trace + ":")) {
        return Arrays.stream(line.split("\\|"))
            .skip(2)
            .map(cell -> Double.parseDouble(cell.replace("%", "").trim()))
            .toList();
      }
    }
    throw new AssertionError(page + " has no row '" + trace + "'");
  }
}
