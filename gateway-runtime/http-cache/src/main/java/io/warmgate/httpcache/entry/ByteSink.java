package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the parts of {@link EntryFormat}. */
final class ByteSink {
  private byte[] array = new byte[512];
  private int size;

  ByteSink int8(byte value) {
    room(1);
    array[size++] = value;
    return this;
  }

  ByteSink int32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      array[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  ByteSink int64(long value) {
    return int32((int) (value >>> 32)).int32((int) value);
  }

  ByteSink bytes(Bytes bytes) {
    return raw(bytes.array());
  }

  ByteSink text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  ByteSink texts(List<String> texts) {
    int32(texts.size());
    texts.forEach(this::text);
    return this;
  }

  private ByteSink raw(byte[] bytes) {
    int32(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
    return this;
  }

  private void room(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(Math.addExact(size, more), array.length * 2));
    }
  }

  /** What was written so far is in its first {@link #size} bytes. */
  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }
}
