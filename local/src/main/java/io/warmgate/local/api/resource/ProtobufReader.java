package io.warmgate.local.api.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a protobuf message into its fields.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class ProtobufReader {
  private final byte[] data;
  private final int end;
  private int at;

  ProtobufReader(byte[] data) {
    this(data, 0, data.length);
  }

  private ProtobufReader(byte[] data, int at, int end) {
    this.data = data;
    this.at = at;
    this.end = end;
  }

  /**
   * One field.
   *
   * @param varint the value of a number; of others 0
   * @param content where the value of a text, of bytes or of a message is read; of others empty
   */
  record Field(int number, long varint, ProtobufReader content) {
    byte[] bytes() {
      return Arrays.copyOfRange(content.data, content.at, content.end);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    ProtobufReader message() {
      return new ProtobufReader(content.data, content.at, content.end);
    }
  }

  boolean startsWith(byte[] prefix) {
    return data.length >= prefix.length
        && Arrays.equals(data, 0, prefix.length, prefix, 0, prefix.length);
  }

  ProtobufReader skip(int bytes) {
    return new ProtobufReader(data, at + bytes, end);
  }

  /**
   * @throws IllegalArgumentException if the data ends early or is no message
   */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    while (at < end) {
      long tag = varint();
      int number = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case 0 -> fields.add(new Field(number, varint(), slice(0)));
        case 1 -> slice(8);
        case 2 -> fields.add(new Field(number, 0, slice((int) varint())));
        case 5 -> slice(4);
        default -> throw new IllegalArgumentException("protobuf wire type of field " + number);
      }
    }
    return fields;
  }

  private ProtobufReader slice(int length) {
    if (length < 0 || length > end - at) {
      throw new IllegalArgumentException("protobuf message ends early");
    }
    ProtobufReader slice = new ProtobufReader(data, at, at + length);
    at += length;
    return slice;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at < end; shift += 7) {
      byte b = data[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("protobuf number ends early");
  }
}
