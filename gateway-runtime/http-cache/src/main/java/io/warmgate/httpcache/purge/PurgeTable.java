package io.warmgate.httpcache.purge;

import io.warmgate.httpcache.purge.Marks.Mark;
import io.warmgate.httpcache.purge.Purge.Mode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * The purges that a pod applied. A lookup asks what they made of an entry since its request was
 * sent; it takes no lock and costs nothing while no purge came since, else a few map reads, two
 * more for each tag of the entry, two for each segment of the path while there are purges by
 * prefix, and two digests while there is a purge by key since.
 *
 * <p>The table is bounded: its oldest purges fold into a <b>floor</b>, a position before which
 * every entry counts as named. That is never wrong, it only costs fetches.
 *
 * <p>One thread writes (or all writers hold one lock), in any order of positions; any thread reads.
 * A purge is visible as a whole to every lookup that begins after {@link #apply} returned.
 */
public final class PurgeTable {
  private final int capacity;
  private final Marks hard = new Marks();
  private final Marks soft = new Marks();

  // The writer's own.
  private final Map<String, Purge> held = new HashMap<>();
  private final PriorityQueue<Purge> oldestFirst =
      new PriorityQueue<>(Comparator.comparing(Purge::position));
  private int targets;

  /**
   * @param capacity how many hosts, paths, prefixes, tags and keys are remembered, at least 1
   */
  public PurgeTable(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    this.capacity = capacity;
  }

  /** What became of a purge. */
  public enum Applied {
    NEW,
    /** One of the same id is held: nothing changed. */
    KNOWN
  }

  /** Applies a purge, once by id for as long as it is held. */
  public Applied apply(Purge purge) {
    if (held.putIfAbsent(purge.id(), purge) != null) {
      return Applied.KNOWN;
    }
    oldestFirst.add(purge);
    targets += Target.count(purge.selector());
    marks(purge.mode()).add(purge);
    while (targets > capacity) {
      fold();
    }
    return Applied.NEW;
  }

  /**
   * What purges have made of an entry.
   *
   * @param sent the position that the pod had applied when the entry's request was sent
   */
  public Standing standing(Position sent, Subject subject) {
    if (hard.after(sent, subject) != null) {
      return Standing.Gone.GONE;
    }
    Mark stale = soft.after(sent, subject);
    return stale == null ? Standing.Untouched.UNTOUCHED : new Standing.Stale(stale.atMillis());
  }

  /**
   * When the latest purge was made that names an entry, hard or soft; empty: none does.
   *
   * @param sent see {@link #standing}
   */
  public OptionalLong namedAt(Position sent, Subject subject) {
    Mark gone = hard.after(sent, subject);
    Mark stale = gone == null ? soft.after(sent, subject) : gone;
    return stale == null ? OptionalLong.empty() : OptionalLong.of(stale.atMillis());
  }

  /**
   * Whether a purge may name an answer that is still under way. Its tags and its variant are not
   * known yet, so that a purge of any tag or key counts.
   *
   * @param subject without tags
   */
  public boolean mayConcern(Position sent, Subject subject) {
    return hard.anyOfAnswersAfter(sent)
        || soft.anyOfAnswersAfter(sent)
        || !(standing(sent, subject) instanceof Standing.Untouched);
  }

  /** Every purge still held, oldest first: what a new log has to be told. */
  public List<Purge> held() {
    return held.values().stream().sorted(Comparator.comparing(Purge::position)).toList();
  }

  /** Entries before it are gone or stale, whatever they are. */
  public Position floor() {
    return later(hard.floor(), soft.floor());
  }

  /** The latest position of a purge. */
  public Position newest() {
    return later(hard.newest(), soft.newest());
  }

  private void fold() {
    Purge oldest = oldestFirst.remove();
    held.remove(oldest.id());
    targets -= Target.count(oldest.selector());
    marks(oldest.mode()).fold(oldest);
  }

  private static Position later(Position a, Position b) {
    return a.isBefore(b) ? b : a;
  }

  private Marks marks(Mode mode) {
    return switch (mode) {
      case HARD -> hard;
      case SOFT -> soft;
    };
  }
}
