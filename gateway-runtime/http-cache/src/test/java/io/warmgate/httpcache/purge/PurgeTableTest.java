package io.warmgate.httpcache.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Purge.All;
import io.warmgate.httpcache.purge.Purge.Hosts;
import io.warmgate.httpcache.purge.Purge.Keys;
import io.warmgate.httpcache.purge.Purge.Mode;
import io.warmgate.httpcache.purge.Purge.Paths;
import io.warmgate.httpcache.purge.Purge.Prefix;
import io.warmgate.httpcache.purge.Purge.Selector;
import io.warmgate.httpcache.purge.Purge.Tags;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeTableTest {
  private static final Standing GONE = new Standing.Gone();
  private static final Standing UNTOUCHED = new Standing.Untouched();

  private static Purge purge(long position, Selector selector) {
    return new Purge("p" + position, Position.local(position), Mode.HARD, position, selector);
  }

  private static final KeyRecipe RECIPE = new KeyRecipe("e", "g", new QueryRule.All(), List.of());
  private static final List<CacheKey> PRIMARY = List.of(key(0), key(1), key(2));
  private static final List<String> SELECTING = List.of("accept-language");

  private static CacheKey key(int number) {
    Target target = new Target("https", "h", "/" + number, null);
    return RECIPE.primary(new RequestView("GET", target, FieldList.EMPTY, false), null);
  }

  private static CacheKey variant(CacheKey primary, String language) {
    return primary.variant(SELECTING, FieldList.of("accept-language", language));
  }

  private static Subject subject(String host, String path, List<String> tags) {
    return new Subject(host, path, tags, PRIMARY.getFirst(), PRIMARY.getFirst());
  }

  private static Subject subject(Random random) {
    CacheKey primary = PRIMARY.get(random.nextInt(3));
    CacheKey key = random.nextBoolean() ? primary : variant(primary, "l" + random.nextInt(2));
    return new Subject(host(random), path(random), tags(random), primary, key);
  }

  private static boolean isGone(PurgeTable table, Position sent, String host, String path) {
    return table.standing(sent, subject(host, path, List.of())).equals(GONE);
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
    assertThat(isGone(table, Position.local(4), "h", path)).isEqualTo(purged);
    assertThat(isGone(table, Position.local(5), "h", path)).isFalse();
  }

  @Test
  void theLatestPurgeThatNamesAnEntrySaysWhen() {
    PurgeTable table = new PurgeTable(10);
    Subject subject = subject("h", "/a", List.of());
    table.apply(new Purge("s", Position.local(1), Mode.SOFT, 100, new All()));
    assertThat(table.namedAt(Position.ZERO, subject)).hasValue(100);
    table.apply(
        new Purge("h", Position.local(2), Mode.HARD, 200, new Paths(Set.of(), Set.of("/a"))));
    assertThat(table.namedAt(Position.ZERO, subject)).hasValue(200);
    assertThat(table.namedAt(Position.ZERO, subject("h", "/b", List.of()))).hasValue(100);
    assertThat(table.namedAt(Position.local(2), subject)).isEmpty();
  }

  @Test
  void hostsNarrow() {
    PurgeTable table = new PurgeTable(10);
    table.apply(purge(5, new Paths(Set.of("H1"), Set.of("/a"))));
    table.apply(purge(6, new Prefix(Set.of("h2"), "/b")));
    table.apply(purge(7, new Hosts(Set.of("h3"))));
    assertThat(isGone(table, Position.ZERO, "h1", "/a")).isTrue();
    assertThat(isGone(table, Position.ZERO, "h2", "/a")).isFalse();
    assertThat(isGone(table, Position.ZERO, "h2", "/b/c")).isTrue();
    assertThat(isGone(table, Position.ZERO, "h1", "/b/c")).isFalse();
    assertThat(isGone(table, Position.local(6), "h3", "/x")).isTrue();
  }

  @Test
  void theSamePurgeTwiceIsOnce() {
    PurgeTable table = new PurgeTable(10);
    Paths paths = new Paths(Set.of(), Set.of("/a"));
    assertThat(table.apply(new Purge("u", Position.local(5), Mode.HARD, 5, paths)))
        .isEqualTo(Applied.NEW);
    assertThat(table.apply(new Purge("u", Position.local(9), Mode.HARD, 9, paths)))
        .isEqualTo(Applied.KNOWN);
    assertThat(isGone(table, Position.local(4), "h", "/a")).isTrue();
    assertThat(isGone(table, Position.local(6), "h", "/a")).isFalse();
    assertThat(table.held()).hasSize(1);
  }

  @Test
  void theOldestFoldsIntoTheFloor() {
    PurgeTable table = new PurgeTable(2);
    for (int i = 1; i <= 4; i++) {
      table.apply(purge(i * 10L, new Paths(Set.of(), Set.of("/" + i))));
    }
    assertThat(table.floor()).isEqualTo(Position.local(20));
    assertThat(isGone(table, Position.local(19), "h", "/other")).isTrue();
    assertThat(isGone(table, Position.local(20), "h", "/other")).isFalse();
    assertThat(isGone(table, Position.local(20), "h", "/3")).isTrue();
    assertThat(table.held()).extracting(Purge::id).containsExactly("p30", "p40");
  }

  @Test
  void aPurgeLargerThanTheTableFoldsWhole() {
    PurgeTable table = new PurgeTable(2);
    table.apply(purge(5, new Paths(Set.of(), Set.of("/1", "/2", "/3"))));
    assertThat(isGone(table, Position.local(4), "h", "/2")).isTrue();
    assertThat(isGone(table, Position.local(5), "h", "/2")).isFalse();
    assertThat(table.held()).isEmpty();
  }

  @Test
  void aTagNamesWhatHasItAndHostsNarrowIt() {
    PurgeTable table = new PurgeTable(10);
    table.apply(purge(5, new Tags(Set.of("h1"), Set.of("a", "b"))));
    table.apply(purge(6, new Tags(Set.of(), Set.of("c"))));
    Position sent = Position.local(4);
    assertThat(table.standing(sent, subject("h1", "/", List.of("x", "b")))).isEqualTo(GONE);
    assertThat(table.standing(sent, subject("h2", "/", List.of("x", "b")))).isEqualTo(UNTOUCHED);
    assertThat(table.standing(sent, subject("h2", "/", List.of("c")))).isEqualTo(GONE);
    assertThat(table.standing(Position.local(6), subject("h2", "/", List.of("c"))))
        .isEqualTo(UNTOUCHED);
  }

  @Test
  void aPrimaryKeyNamesItsVariantsAndAVariantsItAlone() {
    CacheKey primary = PRIMARY.getFirst();
    Subject german = new Subject("h", "/", List.of(), primary, variant(primary, "de"));
    Subject english = new Subject("h", "/", List.of(), primary, variant(primary, "en"));
    Position sent = Position.local(4);

    PurgeTable one = new PurgeTable(10);
    one.apply(purge(5, new Keys(Set.of(german.key().hex()))));
    assertThat(one.standing(sent, german)).isEqualTo(GONE);
    assertThat(one.standing(Position.local(5), german)).isEqualTo(UNTOUCHED);
    assertThat(one.standing(sent, english)).isEqualTo(UNTOUCHED);

    PurgeTable all = new PurgeTable(10);
    all.apply(purge(5, new Keys(Set.of(primary.hex()))));
    assertThat(all.standing(sent, german)).isEqualTo(GONE);
    assertThat(all.standing(sent, english)).isEqualTo(GONE);
    assertThat(all.standing(sent, subject("h", "/", List.of()))).isEqualTo(GONE);
    CacheKey other = PRIMARY.getLast();
    assertThat(all.standing(sent, new Subject("h", "/", List.of(), other, other)))
        .isEqualTo(UNTOUCHED);
  }

  @Test
  void keysFoldLikeAllElse() {
    PurgeTable table = new PurgeTable(1);
    table.apply(purge(5, new Keys(Set.of(PRIMARY.getFirst().hex()))));
    table.apply(purge(7, new Keys(Set.of(PRIMARY.getLast().hex()))));
    assertThat(table.floor()).isEqualTo(Position.local(5));
    assertThat(isGone(table, Position.local(4), "h", "/")).isTrue();
    assertThat(isGone(table, Position.local(5), "h", "/")).isFalse();
  }

  /** Which variant an answer under way will be is not known: any key may be its own. */
  @Test
  void anAnswerUnderWayMayBeAnyKeys() {
    PurgeTable table = new PurgeTable(10);
    table.apply(purge(5, new Keys(Set.of(PRIMARY.getLast().hex()))));
    Subject asked = subject("h", "/", List.of());
    assertThat(table.standing(Position.local(4), asked)).isEqualTo(UNTOUCHED);
    assertThat(table.mayConcern(Position.local(4), asked)).isTrue();
    assertThat(table.mayConcern(Position.local(5), asked)).isFalse();
  }

  @Test
  void softIsStaleSinceTheLatestAndHardWins() {
    PurgeTable table = new PurgeTable(10);
    Subject subject = subject("h", "/a", List.of("t"));
    table.apply(new Purge("1", Position.local(5), Mode.SOFT, 500, new Prefix(Set.of(), "/")));
    table.apply(new Purge("2", Position.local(7), Mode.SOFT, 700, new Tags(Set.of(), Set.of("t"))));
    assertThat(table.standing(Position.local(4), subject)).isEqualTo(new Standing.Stale(700));
    assertThat(table.standing(Position.local(7), subject)).isEqualTo(UNTOUCHED);
    table.apply(new Purge("3", Position.local(6), Mode.HARD, 600, new Hosts(Set.of("h"))));
    assertThat(table.standing(Position.local(4), subject)).isEqualTo(GONE);
    assertThat(table.standing(Position.local(6), subject)).isEqualTo(new Standing.Stale(700));
  }

  /** What its answer will be tagged with nobody knows: a purge of any tag may name it. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void anAnswerUnderWayMayHaveAnyTag(Mode mode) {
    PurgeTable table = new PurgeTable(10);
    Subject subject = subject("h", "/a", List.of());
    table.apply(new Purge("1", Position.local(5), mode, 0, new Paths(Set.of(), Set.of("/b"))));
    assertThat(table.mayConcern(Position.local(4), subject)).isFalse();
    table.apply(new Purge("2", Position.local(6), mode, 0, new Tags(Set.of(), Set.of("t"))));
    assertThat(table.mayConcern(Position.local(5), subject)).isTrue();
    assertThat(table.mayConcern(Position.local(6), subject)).isFalse();
  }

  /** One that purges the same again and again does not age everything else. */
  @Test
  void whatWasNamedAgainFoldsWithoutLoss() {
    PurgeTable table = new PurgeTable(2);
    for (int i = 1; i <= 100; i++) {
      table.apply(purge(i, new Tags(Set.of(), Set.of("t"))));
    }
    assertThat(table.floor()).isEqualTo(Position.ZERO);
    assertThat(table.standing(Position.local(99), subject("h", "/", List.of("t")))).isEqualTo(GONE);
    assertThat(table.standing(Position.ZERO, subject("h", "/", List.of()))).isEqualTo(UNTOUCHED);
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
        long position = random.nextInt(50);
        Mode mode = random.nextInt(3) == 0 ? Mode.SOFT : Mode.HARD;
        String id = "u" + random.nextInt(200);
        Purge purge = new Purge(id, Position.local(position), mode, position, any(random));
        if (table.apply(purge) == Applied.NEW) {
          all.add(purge);
        }
        for (int probe = 0; probe < 20; probe++) {
          Position sent = Position.local(random.nextInt(50));
          Subject subject = subject(random);
          Standing defined = defined(all, sent, subject);
          Standing got = table.standing(sent, subject);
          String what = "seed %d: %s at %s".formatted(seed, subject, sent);
          if (capacity == 10_000 || defined.equals(GONE)) {
            assertThat(got).as(what).isEqualTo(defined);
          } else if (!got.equals(defined)) {
            assertThat(sent.isBefore(table.floor())).as(what).isTrue();
            assertThat(got).as(what).isNotEqualTo(UNTOUCHED);
          }
        }
      }
    }
  }

  private static Standing defined(List<Purge> all, Position sent, Subject subject) {
    List<Purge> named = all.stream().filter(p -> names(p, sent, subject)).toList();
    if (named.stream().anyMatch(p -> p.mode() == Mode.HARD)) {
      return GONE;
    }
    return named.isEmpty()
        ? UNTOUCHED
        : new Standing.Stale(named.stream().mapToLong(Purge::atMillis).max().orElseThrow());
  }

  private static boolean names(Purge purge, Position sent, Subject subject) {
    String host = subject.host();
    if (sent.compareTo(purge.position()) >= 0) {
      return false;
    }
    return switch (purge.selector()) {
      case All() -> true;
      case Hosts(Set<String> hosts) -> hosts.contains(host);
      case Paths(Set<String> hosts, Set<String> paths) ->
          (hosts.isEmpty() || hosts.contains(host)) && paths.contains(subject.path());
      case Tags(Set<String> hosts, Set<String> tags) ->
          (hosts.isEmpty() || hosts.contains(host))
              && subject.tags().stream().anyMatch(tags::contains);
      case Keys(Set<String> keys) ->
          keys.contains(subject.primary().hex()) || keys.contains(subject.key().hex());
      case Prefix(Set<String> hosts, String prefix) -> {
        String slashed = prefix.endsWith("/") ? prefix : prefix + "/";
        yield (hosts.isEmpty() || hosts.contains(host))
            && (subject.path() + "/").startsWith(slashed);
      }
    };
  }

  private static Selector any(Random random) {
    Set<String> hosts = random.nextBoolean() ? Set.of() : Set.of(host(random));
    return switch (random.nextInt(12)) {
      case 0 -> new Hosts(Set.of(host(random)));
      case 1, 2, 3 -> new Prefix(hosts, path(random));
      case 4 -> random.nextInt(20) == 0 ? new All() : new Paths(hosts, Set.of("/x"));
      case 10 -> new Keys(Set.of(PRIMARY.get(random.nextInt(3)).hex()));
      case 11 -> new Keys(Set.of(variant(PRIMARY.get(random.nextInt(3)), "l0").hex()));
      case 5, 6 -> new Tags(hosts, Set.of("t" + random.nextInt(4)));
      default -> new Paths(hosts, Set.of(path(random)));
    };
  }

  private static List<String> tags(Random random) {
    return random.nextBoolean()
        ? List.of()
        : List.of("t" + random.nextInt(4), "t" + random.nextInt(4));
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
                      wrong += isGone(table, Position.local(p - 1), "h", "/" + p) ? 0 : 1;
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
  void pathsAreAbsolute() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Paths(Set.of(), Set.of("/a", "b")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Prefix(Set.of(), "a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Paths(Set.of(), Set.of()));
  }

  /** Two tags of two hosts are four targets: the fifth place is the second purge's. */
  @Test
  void everyTagOfEveryHostTakesItsPlace() {
    for (int capacity : List.of(4, 5)) {
      PurgeTable table = new PurgeTable(capacity);
      table.apply(purge(1, new Tags(Set.of("h", "i"), Set.of("s", "t"))));
      table.apply(purge(2, new Tags(Set.of("h"), Set.of("u"))));
      assertThat(table.held()).hasSize(capacity == 5 ? 2 : 1);
    }
  }

  @Test
  void positionsCompareByMillisecondsThenSequence() {
    assertThat(new Position(1, 9)).isLessThan(new Position(2, 0));
    assertThat(new Position(1, 9)).isGreaterThan(new Position(1, 8));
    assertThat(new Position(1, 9).isBefore(new Position(1, 9))).isFalse();
  }
}
