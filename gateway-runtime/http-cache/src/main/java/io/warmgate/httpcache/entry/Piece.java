package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import java.nio.ByteBuffer;

/**
 * Consecutive bytes of a representation's content.
 *
 * @param first position of the first one, from 0
 * @param bytes at least one
 */
public record Piece(long first, Bytes bytes) {

  public Piece {
    if (first < 0 || bytes.length() == 0 || first > Long.MAX_VALUE - bytes.length()) {
      throw new IllegalArgumentException("no piece: " + bytes + " from " + first);
    }
  }

  /** The position after the last byte. */
  long end() {
    return first + bytes.length();
  }

  /**
   * Its bytes between two positions, without a copy.
   *
   * @param from at or after {@link #first}
   * @param to after the last one, at or before {@link #end}
   */
  ByteBuffer slice(long from, long to) {
    return ByteBuffer.wrap(bytes.array(), (int) (from - first), (int) (to - from)).slice();
  }
}
