package io.warmgate.httpcache.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.purge.Purge.All;
import io.warmgate.httpcache.purge.Purge.Hosts;
import io.warmgate.httpcache.purge.Purge.Paths;
import io.warmgate.httpcache.purge.Purge.Prefix;
import io.warmgate.httpcache.purge.Purge.Selector;
import io.warmgate.httpcache.purge.PurgeTable.Applied;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeTableTest {

  private static Purge purge(long position, Selector selector) {
    return new Purge("p" + position, Position.local(position), selector);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b, true",
    "/a/b, /a/b/, true",
    "/a/b, /a/b/c/d, true",
    "/a/b, /a/bc, false",
    "/a/b, /a, false",
    "/a/b/, /a/b, true",
    "/a/b/, /a/b/c, true",
    "/, /, true",
    "/, /a, true",
    "/a, /A, false",
  })
  void prefixesAreOfWholeSegments(String prefix, String path, boolean purged) {
    PurgeTable table = new PurgeTable(10);
    table.apply(purge(5, new Prefix(Set.of(), prefix)));
    assertThat(table.isPurged(Position.local(4), "h", path)).isEqualTo(purged);
    assertThat(table.isPurged(Position.local(5), "h", path)).isFalse();
  }

  @Test
  void hostsNarrow() {
    PurgeTable table = new PurgeTable(10);
    table.apply(purge(5, new Paths(Set.of("H1"), Set.of("/a"))));
    table.apply(purge(6, new Prefix(Set.of("h2"), "/b")));
    table.apply(purge(7, new Hosts(Set.of("h3"))));
    assertThat(table.isPurged(Position.ZERO, "h1", "/a")).isTrue();
    assertThat(table.isPurged(Position.ZERO, "h2", "/a")).isFalse();
    assertThat(table.isPurged(Position.ZERO, "h2", "/b/c")).isTrue();
    assertThat(table.isPurged(Position.ZERO, "h1", "/b/c")).isFalse();
    assertThat(table.isPurged(Position.local(6), "h3", "/x")).isTrue();
  }

  @Test
  void theSamePurgeTwiceIsOnce() {
    PurgeTable table = new PurgeTable(10);
    Paths paths = new Paths(Set.of(), Set.of("/a"));
    assertThat(table.apply(new Purge("u", Position.local(5), paths))).isEqualTo(Applied.NEW);
    assertThat(table.apply(new Purge("u", Position.local(9), paths))).isEqualTo(Applied.KNOWN);
    assertThat(table.isPurged(Position.local(4), "h", "/a")).isTrue();
    assertThat(table.isPurged(Position.local(6), "h", "/a")).isFalse();
    assertThat(table.held()).hasSize(1);
  }

  @Test
  void theOldestFoldsIntoTheFloor() {
    PurgeTable table = new PurgeTable(2);
    for (int i = 1; i <= 4; i++) {
      table.apply(purge(i * 10L, new Paths(Set.of(), Set.of("/" + i))));
    }
    assertThat(table.floor()).isEqualTo(Position.local(20));
    assertThat(table.isPurged(Position.local(19), "h", "/other")).isTrue();
    assertThat(table.isPurged(Position.local(20), "h", "/other")).isFalse();
    assertThat(table.isPurged(Position.local(20), "h", "/3")).isTrue();
    assertThat(table.held()).extracting(Purge::id).containsExactly("p30", "p40");
  }

  @Test
  void aPurgeLargerThanTheTableFoldsWhole() {
    PurgeTable table = new PurgeTable(2);
    table.apply(purge(5, new Paths(Set.of(), Set.of("/1", "/2", "/3"))));
    assertThat(table.isPurged(Position.local(4), "h", "/2")).isTrue();
    assertThat(table.isPurged(Position.local(5), "h", "/2")).isFalse();
    assertThat(table.held()).isEmpty();
  }

  /** Against the definition, while nothing folds; with folding it may only purge more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10_000})
  void agreesWithTheDefinition(int capacity) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      PurgeTable table = new PurgeTable(capacity);
      List<Purge> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Purge purge =
            new Purge("u" + random.nextInt(200), Position.local(random.nextInt(50)), any(random));
        if (table.apply(purge) == Applied.NEW) {
          all.add(purge);
        }
        for (int probe = 0; probe < 20; probe++) {
          Position entry = Position.local(random.nextInt(50));
          String host = host(random);
          String path = path(random);
          boolean purged = all.stream().anyMatch(p -> names(p, entry, host, path));
          boolean got = table.isPurged(entry, host, path);
          String what = "seed %d: %s%s at %s".formatted(seed, host, path, entry);
          if (purged || capacity == 10_000) {
            assertThat(got).as(what).isEqualTo(purged);
          } else if (got) {
            assertThat(entry.isBefore(table.floor())).as(what).isTrue();
          }
        }
      }
    }
  }

  private static boolean names(Purge purge, Position entry, String host, String path) {
    if (entry.compareTo(purge.position()) >= 0) {
      return false;
    }
    return switch (purge.selector()) {
      case All() -> true;
      case Hosts(Set<String> hosts) -> hosts.contains(host);
      case Paths(Set<String> hosts, Set<String> paths) ->
          (hosts.isEmpty() || hosts.contains(host)) && paths.contains(path);
      case Prefix(Set<String> hosts, String prefix) -> {
        String slashed = prefix.endsWith("/") ? prefix : prefix + "/";
        yield (hosts.isEmpty() || hosts.contains(host)) && (path + "/").startsWith(slashed);
      }
    };
  }

  private static Selector any(Random random) {
    Set<String> hosts = random.nextBoolean() ? Set.of() : Set.of(host(random));
    return switch (random.nextInt(8)) {
      case 0 -> new Hosts(Set.of(host(random)));
      case 1, 2, 3 -> new Prefix(hosts, path(random));
      case 4 -> random.nextInt(20) == 0 ? new All() : new Paths(hosts, Set.of("/x"));
      default -> new Paths(hosts, Set.of(path(random)));
    };
  }

  private static String host(Random random) {
    return "h" + random.nextInt(3);
  }

  private static String path(Random random) {
    String[] segments = {"a", "b", "ab"};
    StringBuilder path = new StringBuilder("/");
    for (int i = random.nextInt(3); i > 0; i--) {
      path.append(segments[random.nextInt(3)]).append(random.nextInt(4) == 0 && i == 1 ? "" : "/");
    }
    return path.toString();
  }

  /** A table that folds all the time must not lose a purge to a reader for a moment. */
  @Test
  void aPurgeOnceAppliedIsNeverMissed() throws Exception {
    PurgeTable table = new PurgeTable(4);
    AtomicLong applied = new AtomicLong();
    int last = 200_000;
    CountDownLatch started = new CountDownLatch(2);
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      List<Future<Long>> missed = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        missed.add(
            readers.submit(
                () -> {
                  started.countDown();
                  long wrong = 0;
                  long seen;
                  do {
                    seen = applied.get();
                    // Each purge names its own path, so that every one of them is looked up while
                    // it is held, while it folds, and afterwards.
                    for (long p = Math.max(1, seen - 6); p <= seen; p++) {
                      wrong += table.isPurged(Position.local(p - 1), "h", "/" + p) ? 0 : 1;
                    }
                  } while (seen < last);
                  return wrong;
                }));
      }
      started.await();
      for (int p = 1; p <= last; p++) {
        table.apply(purge(p, new Paths(Set.of(), Set.of("/" + p))));
        applied.set(p);
      }
      for (Future<Long> wrong : missed) {
        assertThat(wrong.get()).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0-0, true",
    "1795348800000-3, true",
    "9223372036854775807-9223372036854775807, true",
    "9223372036854775808-0, false",
    "1, false",
    "1-, false",
    "-1, false",
    "--, false",
    "1--1, false",
    "+1-1, false",
    "1-1-1, false",
    "a-b, false",
    "'', false",
    "99999999999999999999-0, false",
  })
  void positionsAreStreamIds(String id, boolean valid) {
    assertThat(Position.parse(id).map(Position::toString))
        .isEqualTo(valid ? Optional.of(id) : Optional.empty());
  }

  @Test
  void positionsCompareByMillisecondsThenSequence() {
    assertThat(new Position(1, 9)).isLessThan(new Position(2, 0));
    assertThat(new Position(1, 9)).isGreaterThan(new Position(1, 8));
    assertThat(new Position(1, 9).isBefore(new Position(1, 9))).isFalse();
  }
}
