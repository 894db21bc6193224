package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.rule.Vary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames the parts of a key: each is its length (4 bytes) and its bytes, so that no part can pass
 * for another; an absent one has length -1. Text is framed injectively: a character below 128 is a
 * byte, others are two or three (as UTF-8 would, surrogates one by one).
 */
final class KeyBuffer {
  private static final ThreadLocal<KeyBuffer> OF_THREAD = ThreadLocal.withInitial(KeyBuffer::new);

  /** A request with a huge target does not leave a huge buffer behind. */
  private static final int KEPT = 8192;

  private byte[] array = new byte[512];
  private int size;

  private KeyBuffer() {}

  /** The calling thread's, empty. */
  static KeyBuffer ofThread() {
    KeyBuffer buffer = OF_THREAD.get();
    buffer.size = 0;
    if (buffer.array.length > KEPT) {
      buffer.array = new byte[512];
    }
    return buffer;
  }

  KeyBuffer number(int value) {
    room(4);
    set(size, value);
    size += 4;
    return this;
  }

  KeyBuffer absent() {
    return number(-1);
  }

  KeyBuffer text(@Nullable String text) {
    return text == null ? absent() : text(text, false);
  }

  /** ASCII letters in lower case: of names that are compared without regard to case. */
  KeyBuffer lowerCase(String text) {
    return text(text, true);
  }

  /** The normal form of a request field. */
  KeyBuffer field(String name, Fields request) {
    return text(Vary.normalForm(name, request));
  }

  /** As they are, without a frame. */
  KeyBuffer raw(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
    return this;
  }

  private KeyBuffer text(String text, boolean lower) {
    int length = text.length();
    room(Math.addExact(4, Math.multiplyExact(3, length)));
    int start = size;
    size += 4;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      put(lower && c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    set(start, size - start - 4);
    return this;
  }

  private void put(char c) {
    if (c < 0x80) {
      array[size++] = (byte) c;
    } else if (c < 0x800) {
      array[size++] = (byte) (0xc0 | (c >> 6));
      array[size++] = (byte) (0x80 | (c & 0x3f));
    } else {
      array[size++] = (byte) (0xe0 | (c >> 12));
      array[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      array[size++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  private void set(int at, int value) {
    array[at] = (byte) (value >>> 24);
    array[at + 1] = (byte) (value >>> 16);
    array[at + 2] = (byte) (value >>> 8);
    array[at + 3] = (byte) value;
  }

  private void room(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(Math.addExact(size, more), array.length * 2));
    }
  }

  Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(array, size));
  }
}
