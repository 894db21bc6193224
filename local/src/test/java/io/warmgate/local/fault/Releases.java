package io.warmgate.local.fault;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * What clients of a route ask while its releases change, and by which of them they may be answered:
 * by those that may serve when they ask, or may since.
 */
final class Releases implements Load.Script {
  static final String PREFIX = "/items";
  private static final int ITEMS = 200;

  /** Of a thousand requests, those for something that nobody asked for before. */
  private static final int NEW_PER_MILLE = 30;

  private final Set<String> serving = ConcurrentHashMap.newKeySet();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();

  Releases(String release) {
    serving.add(release);
  }

  /** From now on this one may answer too. */
  void may(String release) {
    serving.add(release);
  }

  /** Who asks from now on is not answered by this one. */
  void isOver(String release) {
    serving.remove(release);
  }

  /** Share of the answers since the last look that came out of a cache, 0 to 1. */
  double hitRatio() {
    long all = asked.getAndSet(0);
    return all == 0 ? 0 : (double) hits.getAndSet(0) / all;
  }

  @Override
  public Load.Ask next(RandomGenerator random) {
    boolean strange = random.nextInt(1_000) < NEW_PER_MILLE;
    // Squared: some are asked for much more than others.
    double place = random.nextDouble();
    String path =
        strange
            ? PREFIX + "/new-" + Math.abs(random.nextLong())
            : PREFIX + "/" + (int) (ITEMS * place * place);
    return new Item(path, Set.copyOf(serving));
  }

  private final class Item implements Load.Ask {
    private final String path;
    private final Set<String> when;

    Item(String path, Set<String> when) {
      this.path = path;
      this.when = when;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Optional<String> impossible(Answer answer) {
      asked.incrementAndGet();
      if (answer.isHit()) {
        hits.incrementAndGet();
      }
      String[] words = answer.body().split(" ");
      if (answer.status() != 200 || words.length != 3 || !words[1].equals(path)) {
        return Optional.of("not its answer");
      }
      return when.contains(words[0]) || serving.contains(words[0])
          ? Optional.empty()
          : Optional.of("of release " + words[0] + ", and " + when + " serve");
    }
  }
}
