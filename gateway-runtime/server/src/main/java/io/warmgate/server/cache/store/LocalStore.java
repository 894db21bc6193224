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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * L1: slots in this pod's memory, bounded in bytes, evicted as the gateway's owner says, gone at
 * the latest when they are of no more use.
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
  private final Map<Left, LongAdder> left =
      Map.of(Left.SIZE, new LongAdder(), Left.TTL, new LongAdder(), Left.PURGE, new LongAdder());

  /** Held while a slot is made out of the one before. */
  private final Object changing = new Object();

  /** Held for one entry's move, and by whoever changes something while entries move. */
  private final Object moving = new Object();

  private volatile Shelves shelves;
  private volatile long maxBytes;

  /**
   * Where slots are.
   *
   * @param leaving what is moved from; null: nothing moves
   */
  private record Shelves(LocalEviction eviction, Shelf now, @Nullable Shelf leaving) {}

  /**
   * A slot in memory.
   *
   * @param sent the pod's own count of purges when the request was sent that brought it
   * @param primary the key that requests are looked up by first
   * @param head of the answers out of the slot
   */
  public record Held(
      Slot slot, Position sent, long retentionMillis, CacheKey primary, HitHead head) {
    public Held(Slot slot, Position sent, long retentionMillis, CacheKey primary) {
      this(slot, sent, retentionMillis, primary, new HitHead());
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
      return (int) Math.min(Integer.MAX_VALUE, weight + primaryWeight + 128);
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
    this.shelves = new Shelves(eviction, Shelf.of(eviction, maxBytes, nanos, this::count), null);
  }

  public @Nullable Held get(CacheKey key) {
    Shelves at = shelves;
    Held found = at.now.get(key);
    return found == null ? getBeside(at, key) : found;
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

  /** Keeps a slot, unless one is kept whose request was sent later. */
  public void put(CacheKey key, Held value) {
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
    Shelves at;
    do {
      at = shelves;
      if (at.leaving == null) {
        at.now.remove(key, value);
      } else {
        synchronized (moving) {
          at.leaving.remove(key, value);
          at.now.remove(key, value);
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

  private void move(Shelf from, Shelf to) {
    for (Map.Entry<CacheKey, Held> each : from.all()) {
      CacheKey key = each.getKey();
      synchronized (moving) {
        if (shelves.now != to) {
          return;
        }
        if (each.getValue().equals(from.peek(key))) {
          from.remainingMillis(key).ifPresent(rest -> to.move(key, each.getValue(), rest));
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
    PURGE("purge");

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
