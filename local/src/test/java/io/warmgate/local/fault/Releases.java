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
  private static final String PREFIX = "/items";
  private static final int ITEMS = 200;

  /** Of a thousand requests, those for something that nobody asked for before. */
  private static final int NEW_PER_MILLE = 30;

  private final String prefix;
  private final int items;
  private final Excuse excuse;
  private final Set<String> serving = ConcurrentHashMap.newKeySet();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();

  /** Why an answer that looks impossible may be none of the gateway's doing. */
  interface Excuse {
    /** There is none. */
    Excuse NONE = (answer, sentNanos) -> false;

    boolean excuses(Answer answer, long sentNanos);
  }

  Releases(String release) {
    this(PREFIX, ITEMS, release, Excuse.NONE);
  }

  /**
   * @param prefix of what is asked for
   * @param items how many different things are asked for again and again
   */
  Releases(String prefix, int items, String release, Excuse excuse) {
    this.prefix = prefix;
    this.items = items;
    this.excuse = excuse;
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

  /** From now on these may answer; who asks from now on is not answered by others. */
  void are(Set<String> releases) {
    serving.addAll(releases);
    serving.retainAll(releases);
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
            ? prefix + "/new-" + Math.abs(random.nextLong())
            : prefix + "/" + (int) (items * place * place);
    return new Item(path, Set.copyOf(serving));
  }

  private final class Item implements Load.Ask {
    private final String path;
    private final Set<String> when;
    private final long sentNanos = System.nanoTime();

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
      if (answer.status() != 200) {
        return excuse.excuses(answer, sentNanos) ? Optional.empty() : Optional.of("failed");
      }
      if (words.length != 3 || !words[1].equals(path)) {
        return Optional.of("not its answer");
      }
      return when.contains(words[0])
              || serving.contains(words[0])
              || excuse.excuses(answer, sentNanos)
          ? Optional.empty()
          : Optional.of("of release " + words[0] + ", and " + when + " serve");
    }
  }
}
