package io.warmgate.httpcache.purge;

import io.warmgate.httpcache.purge.Purge.All;
import io.warmgate.httpcache.purge.Purge.Hosts;
import io.warmgate.httpcache.purge.Purge.Paths;
import io.warmgate.httpcache.purge.Purge.Prefix;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The purges that a pod applied. A lookup asks whether an entry was purged since its request was
 * sent; it takes no lock and costs a few map reads, one more for each segment of the path while
 * there are purges by prefix.
 *
 * <p>The table is bounded: its oldest purges fold into a <b>floor</b>, a position before which
 * every entry counts as purged. That is never wrong, it only costs fetches.
 *
 * <p>One thread writes (or all writers hold one lock), in any order of positions; any thread reads.
 * A purge is visible as a whole to every lookup that begins after {@link #apply} returned.
 */
public final class PurgeTable {
  /** Stands for every host. No host is named so. */
  private static final String EVERY = "*";

  private record Target(Kind kind, String host, String path) {}

  private enum Kind {
    HOST,
    PATH,
    PREFIX
  }

  private final int capacity;
  private final ConcurrentHashMap<Target, Position> positions = new ConcurrentHashMap<>();

  /** Latest purge of all kinds: what was fetched since is untouched. Written after the maps. */
  private volatile Position newest = Position.ZERO;

  /** Everything before it is gone: purges of all, and those folded. Written before they leave. */
  private volatile Position floor = Position.ZERO;

  private volatile boolean prefixes;

  // The writer's own.
  private final Map<String, Purge> held = new HashMap<>();
  private final PriorityQueue<Purge> oldestFirst =
      new PriorityQueue<>(Comparator.comparing(Purge::position));
  private int targets;

  /**
   * @param capacity how many hosts, paths and prefixes are remembered, at least 1
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
    if (purge.selector() instanceof All) {
      raiseFloor(purge.position());
    }
    targets += weight(purge);
    if (purge.selector() instanceof Prefix) {
      prefixes = true;
    }
    targets(purge, target -> positions.merge(target, purge.position(), PurgeTable::later));
    while (targets > capacity) {
      fold();
    }
    newest = later(newest, purge.position());
    return Applied.NEW;
  }

  /**
   * Whether an entry is gone.
   *
   * @param entry the position that the pod had applied when the entry's request was sent
   * @param host lower-case, without port
   * @param path without query
   */
  public boolean isPurged(Position entry, String host, String path) {
    if (!entry.isBefore(newest)) {
      return false;
    }
    return hits(Kind.HOST, host, "", entry)
        || hits(Kind.PATH, host, path, entry)
        || hits(Kind.PATH, EVERY, path, entry)
        || (prefixes && prefixHits(host, path, entry))
        // Last: what a map has lost meanwhile is in the floor.
        || entry.isBefore(floor);
  }

  /** Every purge still held, oldest first: what a new log has to be told. */
  public List<Purge> held() {
    return held.values().stream().sorted(Comparator.comparing(Purge::position)).toList();
  }

  /** Entries before it are gone, whatever they are. */
  public Position floor() {
    return floor;
  }

  /** The latest position of a purge. */
  public Position newest() {
    return newest;
  }

  private boolean prefixHits(String host, String path, Position entry) {
    int end = path.length();
    while (end > 0) {
      String prefix = path.substring(0, end);
      if (hits(Kind.PREFIX, host, prefix, entry) || hits(Kind.PREFIX, EVERY, prefix, entry)) {
        return true;
      }
      end = path.lastIndexOf('/', end - 1);
    }
    return hits(Kind.PREFIX, host, "", entry) || hits(Kind.PREFIX, EVERY, "", entry);
  }

  private boolean hits(Kind kind, String host, String path, Position entry) {
    Position purged = positions.get(new Target(kind, host, path));
    return purged != null && entry.isBefore(purged);
  }

  private void fold() {
    Purge oldest = oldestFirst.remove();
    held.remove(oldest.id());
    targets -= weight(oldest);
    raiseFloor(oldest.position());
    targets(oldest, target -> positions.remove(target, oldest.position()));
  }

  private void raiseFloor(Position position) {
    floor = later(floor, position);
  }

  /** A purge of all has no target; it weighs one, so that ids are bounded too. */
  private static int weight(Purge purge) {
    return switch (purge.selector()) {
      case Paths(Set<String> hosts, Set<String> paths) -> Math.max(1, hosts.size()) * paths.size();
      case Prefix(Set<String> hosts, _) -> Math.max(1, hosts.size());
      case Hosts(Set<String> hosts) -> hosts.size();
      case All() -> 1;
    };
  }

  private static void targets(Purge purge, Consumer<Target> each) {
    switch (purge.selector()) {
      case Paths(Set<String> hosts, Set<String> paths) ->
          orEvery(hosts).forEach(h -> paths.forEach(p -> each.accept(new Target(Kind.PATH, h, p))));
      case Prefix(Set<String> hosts, String prefix) ->
          orEvery(hosts)
              .forEach(h -> each.accept(new Target(Kind.PREFIX, h, withoutSlash(prefix))));
      case Hosts(Set<String> hosts) ->
          hosts.forEach(h -> each.accept(new Target(Kind.HOST, h, "")));
      case All() -> {}
    }
  }

  private static Set<String> orEvery(Set<String> hosts) {
    return hosts.isEmpty() ? Set.of(EVERY) : hosts;
  }

  private static String withoutSlash(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private static Position later(Position a, Position b) {
    return a.isBefore(b) ? b : a;
  }
}
