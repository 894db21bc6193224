package io.warmgate.server.cache;

import io.warmgate.server.cache.Layers.Place;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;

/**
 * A checksum of the last answer that was kept for a path, whatever its key: where another key's
 * answer is the same, what tells the keys apart did not matter. A table of fixed size (512 KiB) in
 * which a path replaces another of the same place.
 */
final class AnswerMemory {
  private static final int INDEX_BITS = 16;

  /** Shorter answers are the same by chance: an empty list is no proof. In bytes. */
  static final int SHORTEST = 128;

  private final AtomicLongArray places = new AtomicLongArray(1 << INDEX_BITS);

  /** Whether the last answer for this path was this one; the next time this one is the last. */
  boolean repeats(String generation, Place place, byte[] body) {
    if (body.length < SHORTEST) {
      return false;
    }
    CRC32C sum = new CRC32C();
    sum.update(body);
    long path = path(generation, place);
    long known = (path & ~0xffff_ffffL) | sum.getValue();
    return places.getAndSet((int) path & ((1 << INDEX_BITS) - 1), known) == known;
  }

  private static long path(String generation, Place place) {
    long hash = generation.hashCode();
    hash = hash * 0x9E3779B97F4A7C15L + place.host().hashCode();
    hash = hash * 0x9E3779B97F4A7C15L + place.path().hashCode();
    hash ^= hash >>> 29;
    hash *= 0xBF58476D1CE4E5B9L; // the finalizer of SplitMix64 (Steele et al., OOPSLA 2014)
    return hash ^ (hash >>> 32);
  }
}
