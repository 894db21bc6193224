package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.RequestView.Target;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partition, the scheme, the authority and the path back out of a key: for who keeps or
 * looks at entries, not for requests.
 */
final class KeyTarget {
  private final byte[] material;
  private int at;

  private KeyTarget(Bytes material) {
    this.material = material.array();
  }

  /**
   * @param material as {@link KeyRecipe} frames it, whatever follows the path
   * @throws IllegalArgumentException where it is none
   */
  static Target of(Bytes material) {
    KeyTarget key = atPartition(material);
    key.skip(); // partition
    key.skip(); // method
    return new Target(key.text(), key.text(), key.text(), null);
  }

  /** Whether {@link #partition} is one. */
  static boolean isPartitioned(Bytes material) {
    return atPartition(material).number() >= 0;
  }

  /** As {@link KeyRecipe} was given it; null: everybody's. */
  static @Nullable String partition(Bytes material) {
    return isPartitioned(material) ? atPartition(material).text() : null;
  }

  private static KeyTarget atPartition(Bytes material) {
    KeyTarget key = new KeyTarget(material);
    key.skip(); // epoch
    key.number(); // format
    key.skip(); // generation
    return key;
  }

  private void skip() {
    int length = number();
    at += Math.max(0, length);
  }

  private int number() {
    if (at < 0 || material.length - at < 4) {
      throw new IllegalArgumentException("no key: cut at " + at);
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (material[at++] & 0xff);
    }
    return value;
  }

  /** The reverse of {@link KeyBuffer#text}. */
  private String text() {
    int length = number();
    if (length < 0 || length > material.length - at) {
      throw new IllegalArgumentException("no key: a text of " + length + " bytes at " + at);
    }
    StringBuilder text = new StringBuilder(length);
    for (int end = at + length; at < end; ) {
      int first = material[at++] & 0xff;
      if (first < 0x80) {
        text.append((char) first);
      } else if (first < 0xe0) {
        text.append((char) ((first & 0x1f) << 6 | more()));
      } else {
        text.append((char) ((first & 0x0f) << 12 | more() << 6 | more()));
      }
    }
    return text.toString();
  }

  private int more() {
    return material[at++] & 0x3f;
  }
}
