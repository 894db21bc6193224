package io.warmgate.server.cache.store;

import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.httpcache.purge.Position;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * L1: slots in this pod's memory, bounded in bytes, evicted as the gateway's owner says, gone at
 * the latest when they are of no more use.
 *
 * <p>What a partition has may be bounded besides ({@link #share}): one that would have more gives
 * up its own, and nobody else's.
 *
 * <p>Another eviction is another {@link Shelf}: what comes goes to it from then on, and what is
 * there moves over meanwhile, or is found where it was. A move that a further change overtakes
 * ends: what it did not get to is a miss.
 */
public final class LocalStore {
  /** An entry may take this share of the whole: one answer must not push out all others. */
  private static final int LARGEST_SHARE = 8;

  private final LongSupplier nanos;
  private final Executor mover;
  private final Map<Left, LongAdder> left = new EnumMap<>(Left.class);

  /** Held while a slot is made out of the one before. */
  private final Object changing = new Object();

  /** Held for one entry's move, and by whoever changes something while entries move. */
  private final Object moving = new Object();

  private volatile Shelves shelves;
  private volatile long maxBytes;
  private volatile long share = Long.MAX_VALUE;

  /**
   * Where slots are.
   *
   * @param leaving what is moved from; null: nothing moves
   */
  private record Shelves(LocalEviction eviction, Shelf now, @Nullable Shelf leaving) {
    List<Shelf> all() {
      return leaving == null ? List.of(now) : List.of(leaving, now);
    }

    long bytes(String partition) {
      return now.owners().bytes(partition)
          + (leaving == null ? 0 : leaving.owners().bytes(partition));
    }

    /** What has not moved yet came before what has. */
    Map.@Nullable Entry<CacheKey, Held> pop(String partition, @Nullable Held spared) {
      Map.@Nullable Entry<CacheKey, Held> left =
          leaving == null ? null : leaving.owners().pop(partition, spared);
      return left == null ? now.owners().pop(partition, spared) : left;
    }
  }

  /**
   * A slot in memory.
   *
   * @param sent the pod's own count of purges when the request was sent that brought it
   * @param primary the key that requests are looked up by first
   * @param head of the answers out of the slot
   * @param owned its place among those of its partition; null: it is everybody's
   */
  public record Held(
      Slot slot,
      Position sent,
      long retentionMillis,
      CacheKey primary,
      HitHead head,
      @Nullable Owned owned) {
    public Held(Slot slot, Position sent, long retentionMillis, CacheKey primary) {
      this(slot, sent, retentionMillis, primary, new HitHead(), placeOf(primary));
    }

    private static @Nullable Owned placeOf(CacheKey primary) {
      return primary.isPartitioned() ? new Owned() : null;
    }

    /** Itself, for another shelf. */
    Held moved() {
      return owned == null
          ? this
          : new Held(slot, sent, retentionMillis, primary, head, new Owned());
    }

    /** Whether it is this one, be it on another shelf. */
    boolean isSame(Held other) {
      return head == other.head;
    }

    /** Whether its request was sent before the other's. */
    boolean isOlderThan(Held other) {
      int bySent = sent.compareTo(other.sent);
      if (bySent != 0) {
        return bySent < 0;
      }
      return slot instanceof StoredResponse mine
          && other.slot instanceof StoredResponse theirs
          && mine.validity().requestMillis() < theirs.validity().requestMillis();
    }

    /** An estimate of the memory that it takes under its key, in bytes. */
    int weight(CacheKey key) {
      long weight =
          switch (slot) {
            case StoredResponse response -> response.weight() + HitHead.weight(response.fields());
            case PartialResponse partial -> partial.weight() + HitHead.weight(partial.fields());
            case VariantIndex index ->
                256L
                    + key.material().length()
                    + 40L * (index.names().size() + index.variants().size());
            case SearchIndex index -> 256L + key.material().length() + ofNames(index);
          };
      long primaryWeight = primary.equals(key) ? 0 : primary.material().length();
      long ownedWeight = owned == null ? 0 : Owned.WEIGHT;
      return (int) Math.min(Integer.MAX_VALUE, weight + primaryWeight + ownedWeight + 128);
    }

    private static long ofNames(SearchIndex index) {
      long weight = 0;
      for (SearchVariance variance : index.variances()) {
        weight += 64;
        for (String name : variance.names()) {
          weight += 64L + 2L * name.length();
        }
      }
      return weight;
    }
  }

  /**
   * With the default eviction.
   *
   * @param maxBytes 0 keeps nothing
   */
  public LocalStore(long maxBytes) {
    this(maxBytes, LocalEviction.TINY_LFU, System::nanoTime, Thread.ofVirtual()::start);
  }

  /**
   * @param maxBytes 0 keeps nothing
   * @param nanos the time, as {@link System#nanoTime} tells it
   * @param mover runs what moves entries when the eviction changes: some microseconds an entry
   */
  public LocalStore(long maxBytes, LocalEviction eviction, LongSupplier nanos, Executor mover) {
    this.nanos = nanos;
    this.mover = mover;
    this.maxBytes = maxBytes;
    for (Left why : Left.values()) {
      left.put(why, new LongAdder());
    }
    this.shelves = new Shelves(eviction, Shelf.of(eviction, maxBytes, nanos, this::count), null);
  }

  public @Nullable Held get(CacheKey key) {
    Shelves at = shelves;
    Held found = at.now.get(key);
    if (found == null) {
      return getBeside(at, key);
    }
    Owned place = found.owned();
    if (place != null) {
      place.use();
    }
    return found;
  }

  /** It may be yet to move, or have moved between two looks. */
  private @Nullable Held getBeside(Shelves missed, CacheKey key) {
    Shelves at = missed;
    while (true) {
      Held found = at.leaving == null ? null : at.leaving.get(key);
      Shelves now = shelves;
      if (found == null && at.leaving == null && at.equals(now)) {
        return null;
      }
      if (found == null) {
        found = now.now.get(key);
      }
      if (found != null || at.equals(now)) {
        return found;
      }
      at = now;
    }
  }

  /** The same for whoever only looks: it counts as no use, and as no reason to keep it. */
  public @Nullable Held peek(CacheKey key) {
    Shelves at = shelves;
    Held found = at.now.peek(key);
    return found == null && at.leaving != null ? at.leaving.peek(key) : found;
  }

  /**
   * Keeps a slot, unless one is kept whose request was sent later. What its partition has too much
   * then leaves before, so that it makes no room of others'.
   */
  public void put(CacheKey key, Held value) {
    String partition = value.owned() == null ? null : key.partition();
    if (partition == null) {
      place(key, value);
      return;
    }
    Held before = peek(key);
    if (before != null && value.isOlderThan(before)) {
      return;
    }
    long bound = share;
    int weight = value.weight(key);
    if (weight > bound) {
      if (before != null) {
        take(key, before);
      }
      count(Left.SHARE);
      return;
    }
    cutDown(partition, bound - weight + (before == null ? 0 : before.weight(key)), before);
    place(key, value);
    // Others may have put at the same time.
    cutDown(partition, bound, null);
  }

  /**
   * Until a partition has no more than that.
   *
   * @param spared stays; null: any may go
   */
  private void cutDown(String partition, long bytes, @Nullable Held spared) {
    Shelves at = shelves;
    if (at.bytes(partition) <= bytes) {
      return;
    }
    at.now.tidy();
    while (at.bytes(partition) > bytes) {
      Map.@Nullable Entry<CacheKey, Held> leaving = at.pop(partition, spared);
      if (leaving == null) {
        return;
      }
      remove(leaving.getKey(), leaving.getValue(), Left.SHARE);
      at = shelves;
    }
  }

  private void place(CacheKey key, Held value) {
    Shelves at;
    do {
      at = shelves;
      if (at.leaving == null) {
        at.now.put(key, value);
      } else {
        putWhileMoving(at.now, at.leaving, key, value);
      }
      // A shelf that was left meanwhile may have been passed by what moves.
    } while (!at.equals(shelves));
  }

  private void putWhileMoving(Shelf now, Shelf leaving, CacheKey key, Held value) {
    synchronized (moving) {
      Held before = leaving.peek(key);
      if (before == null || !value.isOlderThan(before)) {
        now.put(key, value);
        if (before != null) {
          leaving.take(key, before);
        }
      }
    }
  }

  /**
   * Makes another slot of what is kept under a key, as one step.
   *
   * @param change is given null where nothing is kept, and must not look into this store
   * @return what is kept then
   */
  public Held change(CacheKey key, Function<@Nullable Held, Held> change) {
    synchronized (changing) {
      Held before = peek(key);
      Held now = change.apply(before);
      if (!now.equals(before)) {
        if (before != null && now.isOlderThan(before)) {
          shelves.now.take(key, before);
        }
        put(key, now);
      }
      return now;
    }
  }

  /** What is kept now, in no order; looking at it is no use of it. */
  public Iterable<Map.Entry<CacheKey, Held>> all() {
    Shelves at = shelves;
    if (at.leaving == null) {
      return at.now.all();
    }
    Map<CacheKey, Held> both = new java.util.HashMap<>();
    at.leaving.all().forEach(each -> both.put(each.getKey(), each.getValue()));
    at.now.all().forEach(each -> both.put(each.getKey(), each.getValue()));
    return both.entrySet();
  }

  /** Removes that very slot; of another one it does nothing. */
  public void remove(CacheKey key, Held value) {
    remove(key, value, Left.PURGE);
  }

  private void remove(CacheKey key, Held value, Left why) {
    onEach(shelf -> shelf.remove(key, value, why));
  }

  private void take(CacheKey key, Held value) {
    onEach(shelf -> shelf.take(key, value));
  }

  private void onEach(Consumer<Shelf> change) {
    Shelves at;
    do {
      at = shelves;
      if (at.leaving == null) {
        change.accept(at.now);
      } else {
        synchronized (moving) {
          change.accept(at.leaving);
          change.accept(at.now);
        }
      }
    } while (!at.equals(shelves));
  }

  /** Largest body worth keeping, in bytes. */
  public long largestBody() {
    return maxBytes / LARGEST_SHARE;
  }

  /**
   * Another bound, what is over it is evicted; and another eviction, under which entries go on for
   * the rest of their time, their uses counted anew. Not for several threads at once.
   */
  public void use(long bytes, LocalEviction eviction) {
    maxBytes = bytes;
    Shelves before = shelves;
    before.now.resize(bytes);
    if (before.eviction == eviction) {
      return;
    }
    Shelf next = Shelf.of(eviction, bytes, nanos, this::count);
    shelves = new Shelves(eviction, next, before.now);
    mover.execute(() -> move(before.now, next));
  }

  /**
   * What one partition's slots may take together, in bytes, from now on; until this is said, all.
   * What is over it leaves meanwhile.
   */
  public void share(long bytes) {
    long before = share;
    share = bytes;
    if (bytes < before) {
      mover.execute(() -> cutDownAll(bytes));
    }
  }

  private void cutDownAll(long bytes) {
    for (Shelf shelf : shelves.all()) {
      for (String partition : shelf.owners().partitions()) {
        cutDown(partition, bytes, null);
      }
    }
  }

  private void move(Shelf from, Shelf to) {
    for (Map.Entry<CacheKey, Held> each : from.all()) {
      CacheKey key = each.getKey();
      synchronized (moving) {
        if (shelves.now != to) {
          return;
        }
        if (each.getValue().equals(from.peek(key))) {
          from.remainingMillis(key).ifPresent(rest -> to.move(key, each.getValue().moved(), rest));
          from.take(key, each.getValue());
        }
      }
    }
    synchronized (moving) {
      if (shelves.now == to) {
        shelves = new Shelves(shelves.eviction, to, null);
      }
    }
  }

  /** What one partition has, in bytes: an estimate while many threads change it. */
  long bytes(String partition) {
    return shelves.bytes(partition);
  }

  /** What {@link #bytes} is bounded by. */
  public long maxBytes() {
    return maxBytes;
  }

  /** An estimate while many threads change it. */
  public long entries() {
    Shelves at = shelves;
    return at.now.entries() + (at.leaving == null ? 0 : at.leaving.entries());
  }

  /** An estimate, in bytes. */
  public long bytes() {
    Shelves at = shelves;
    return at.now.bytes() + (at.leaving == null ? 0 : at.leaving.bytes());
  }

  /** Why entries leave. */
  public enum Left {
    /** For want of room. */
    SIZE("size"),
    /** They were of no more use: beyond their lifetime and every stale window. */
    TTL("ttl"),
    /** A purge named them, or the origin said that they are wrong. */
    PURGE("purge"),
    /** Their partition had more than its share. */
    SHARE("share");

    private final String label;

    Left(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** How many left for that cause. */
  public long left(Left why) {
    return Objects.requireNonNull(left.get(why)).sum();
  }

  private void count(Left why) {
    Objects.requireNonNull(left.get(why)).increment();
  }

  /** Retention that covers every unit of {@link TimeUnit} without overflow. */
  static final long MAX_RETENTION_MILLIS = TimeUnit.DAYS.toMillis(365);
}
