package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the parts of {@link EntryFormat}; believes no length. */
final class ByteSource {
  private final byte[] array;
  private final int end;
  private int at;

  /** The bytes are not what the format says. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super(what, null, false, false);
    }
  }

  ByteSource(byte[] array, int from, int end) {
    this.array = array;
    this.at = from;
    this.end = end;
  }

  boolean isAtEnd() {
    return at == end;
  }

  byte int8() throws Malformed {
    need(1);
    return array[at++];
  }

  int int32() throws Malformed {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (array[at++] & 0xff);
    }
    return value;
  }

  long int64() throws Malformed {
    return ((long) int32() << 32) | (int32() & 0xffff_ffffL);
  }

  void zeros(int count) throws Malformed {
    for (int i = 0; i < count; i++) {
      if (int8() != 0) {
        throw new Malformed("reserved byte");
      }
    }
  }

  /** A count of members that take at least so many bytes each. */
  int count(int memberBytes) throws Malformed {
    int count = int32();
    if (count < 0 || count > (end - at) / memberBytes) {
      throw new Malformed("count " + count);
    }
    return count;
  }

  Bytes bytes() throws Malformed {
    int length = count(1);
    at += length;
    return Bytes.of(Arrays.copyOfRange(array, at - length, at));
  }

  String text() throws Malformed {
    int length = count(1);
    at += length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(array, at - length, length))
          .toString();
    } catch (CharacterCodingException _) {
      throw new Malformed("text");
    }
  }

  List<String> texts() throws Malformed {
    int count = count(4);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  List<Long> int64s() throws Malformed {
    int count = count(8);
    List<Long> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(int64());
    }
    return values;
  }

  private void need(int bytes) throws Malformed {
    if (end - at < bytes) {
      throw new Malformed("cut at " + at);
    }
  }
}
