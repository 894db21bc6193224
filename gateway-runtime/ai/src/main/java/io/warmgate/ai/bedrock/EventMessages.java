package io.warmgate.ai.bedrock;

import io.warmgate.ai.TranslationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Messages out of bytes that are cut anywhere, in Amazon's event stream encoding ({@code
 * application/vnd.amazon.eventstream}): a prelude of the message's length, its headers' length and
 * a CRC-32 of both; headers; a payload; a CRC-32 of all before it. Numbers are big-endian.
 */
final class EventMessages {
  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  /** Of one message: Amazon's decoders take payloads of 24 MiB. */
  static final int MOST = 25 << 20;

  /** Of a message's headers: "128 KB". */
  static final int MOST_HEADERS = 128 << 10;

  private byte[] bytes = new byte[1 << 10];
  private int begin;
  private int end;

  /**
   * @return what is whole now
   * @throws TranslationException where it is no such stream, or not as it was sent; nothing that
   *     follows can be read then
   */
  List<EventMessage> read(byte[] chunk) {
    keep(chunk);
    List<EventMessage> messages = new ArrayList<>();
    while (end - begin >= PRELUDE) {
      int length = length();
      if (end - begin < length) {
        break;
      }
      messages.add(message(length));
      begin += length;
    }
    return messages;
  }

  /** Whether the bytes so far end within a message. */
  boolean isWithin() {
    return begin < end;
  }

  private void keep(byte[] chunk) {
    int kept = end - begin;
    if (chunk.length > bytes.length - end) {
      int room = Math.max(kept + chunk.length, Math.min(2 * bytes.length, 2 * MOST));
      byte[] roomy = kept + chunk.length <= bytes.length / 2 ? bytes : new byte[room];
      System.arraycopy(bytes, begin, roomy, 0, kept);
      bytes = roomy;
      begin = 0;
      end = kept;
    }
    System.arraycopy(chunk, 0, bytes, end, chunk.length);
    end += chunk.length;
  }

  /** Of the message that begins here, once its prelude is found right. */
  private int length() {
    ByteBuffer prelude = ByteBuffer.wrap(bytes, begin, PRELUDE);
    int length = prelude.getInt();
    int headers = prelude.getInt();
    if (prelude.getInt() != checksum(PRELUDE - CHECKSUM)) {
      throw damaged("the checksum of a message's prelude is another");
    }
    if (length < PRELUDE + CHECKSUM || length > MOST) {
      throw damaged("a message of " + Integer.toUnsignedString(length) + " bytes");
    }
    if (headers < 0 || headers > Math.min(MOST_HEADERS, length - PRELUDE - CHECKSUM)) {
      throw damaged("headers of " + Integer.toUnsignedString(headers) + " bytes");
    }
    return length;
  }

  private EventMessage message(int length) {
    ByteBuffer message = ByteBuffer.wrap(bytes, begin, length).slice();
    if (message.getInt(length - CHECKSUM) != checksum(length - CHECKSUM)) {
      throw damaged("the checksum of a message is another");
    }
    int headers = message.getInt(Integer.BYTES);
    int payload = begin + PRELUDE + headers;
    return new EventMessage(
        headers(message.slice(PRELUDE, headers)),
        Arrays.copyOfRange(bytes, payload, begin + length - CHECKSUM));
  }

  private int checksum(int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, begin, length);
    return (int) crc.getValue();
  }

  /** Of a header's type, which is a number, texts alone are told. */
  private static Map<String, String> headers(ByteBuffer from) {
    Map<String, String> headers = new HashMap<>();
    while (from.hasRemaining()) {
      String name = text(from, from.get() & 0xff);
      byte type = need(from, 1).get();
      switch (type) {
        case 0, 1 -> {} // true and false
        case 2 -> skip(from, Byte.BYTES);
        case 3 -> skip(from, Short.BYTES);
        case 4 -> skip(from, Integer.BYTES);
        case 5, 8 -> skip(from, Long.BYTES); // a number, a time
        case 6 -> skip(from, size(from));
        case 7 -> {
          if (headers.put(name, text(from, size(from))) != null) {
            throw damaged("the header " + name + " is there twice");
          }
        }
        case 9 -> skip(from, 2 * Long.BYTES); // a UUID
        default -> throw damaged("a header of type " + type);
      }
    }
    return headers;
  }

  private static int size(ByteBuffer from) {
    return need(from, Short.BYTES).getShort() & 0xffff;
  }

  private static String text(ByteBuffer from, int length) {
    byte[] text = new byte[length];
    need(from, length).get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void skip(ByteBuffer from, int length) {
    need(from, length).position(from.position() + length);
  }

  private static ByteBuffer need(ByteBuffer from, int length) {
    if (from.remaining() < length) {
      throw damaged("a header that is longer than all of them");
    }
    return from;
  }

  private static TranslationException damaged(String why) {
    return new TranslationException("", why);
  }
}
