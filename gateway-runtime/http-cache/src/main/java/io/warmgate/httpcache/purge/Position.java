package io.warmgate.httpcache.purge;

import java.util.Optional;

/**
 * A place in the order of purges: the id of an entry of the log's Redis stream, {@code
 * milliseconds-sequence}, kept whole (packing both into 64 bits would make two purges equal when a
 * server's clock stood still for long). A pod that counts its own purges uses {@link #local}.
 */
public record Position(long millis, long sequence) implements Comparable<Position> {
  /** Before every purge. */
  public static final Position ZERO = new Position(0, 0);

  public Position {
    if (millis < 0 || sequence < 0) {
      throw new IllegalArgumentException("negative position " + millis + "-" + sequence);
    }
  }

  /** The n-th purge of a pod's own count. */
  public static Position local(long count) {
    return new Position(0, count);
  }

  /** Reads {@code milliseconds-sequence}; empty where it is something else. */
  public static Optional<Position> parse(String id) {
    int dash = id.indexOf('-');
    long millis = dash < 0 ? -1 : number(id, 0, dash);
    long sequence = dash < 0 ? -1 : number(id, dash + 1, id.length());
    return millis < 0 || sequence < 0
        ? Optional.empty()
        : Optional.of(new Position(millis, sequence));
  }

  private static long number(String text, int from, int to) {
    if (from == to || to - from > 19) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
      if (value < 0) {
        return -1;
      }
    }
    return value;
  }

  public boolean isBefore(Position other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Position other) {
    int byMillis = Long.compare(millis, other.millis);
    return byMillis != 0 ? byMillis : Long.compare(sequence, other.sequence);
  }

  /** As Redis writes it. */
  @Override
  public String toString() {
    return millis + "-" + sequence;
  }
}
