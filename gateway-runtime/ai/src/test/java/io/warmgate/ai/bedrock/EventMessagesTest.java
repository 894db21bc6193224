package io.warmgate.ai.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warmgate.ai.TranslationException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** Messages as Amazon's own encoder writes them. */
class EventMessagesTest {
  private static final Random CHANCE = new Random(11);

  private static byte[] encoded(Map<String, HeaderValue> headers, byte[] payload) {
    ByteBuffer encoded = new Message(headers, payload).toByteBuffer();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] event(String payload) {
    return encoded(
        Map.of(
            ":message-type", HeaderValue.fromString("event"),
            ":event-type", HeaderValue.fromString("contentBlockDelta")),
        payload.getBytes(UTF_8));
  }

  private static List<EventMessage> read(byte[] bytes, int piece) {
    EventMessages reader = new EventMessages();
    List<EventMessage> messages = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += piece) {
      messages.addAll(
          reader.read(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece))));
    }
    assertThat(reader.isWithin()).isFalse();
    return messages;
  }

  /** Headers of each type that there is. */
  private static Map<String, HeaderValue> headers() {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":message-type", HeaderValue.fromString("event"));
    headers.put("yes", HeaderValue.fromBoolean(true));
    headers.put("no", HeaderValue.fromBoolean(false));
    headers.put("byte", HeaderValue.fromByte((byte) 1));
    headers.put("short", HeaderValue.fromShort((short) 2));
    headers.put("int", HeaderValue.fromInteger(3));
    headers.put("long", HeaderValue.fromLong(4));
    headers.put("bytes", HeaderValue.fromByteArray(new byte[300]));
    headers.put("time", HeaderValue.fromTimestamp(Instant.EPOCH));
    headers.put("uuid", HeaderValue.fromUuid(new UUID(1, 2)));
    headers.put("text", HeaderValue.fromString("grün ".repeat(100)));
    return headers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 12, 16, 1000, 1 << 20})
  void cutAnywhereTheyAreTheSame(int piece) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<EventMessage> sent = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] payload = new byte[i % 7 == 0 ? 0 : CHANCE.nextInt(3000)];
      Arrays.fill(payload, (byte) ('a' + i % 26));
      Map<String, HeaderValue> headers = i % 3 == 0 ? headers() : Map.of();
      stream.writeBytes(encoded(headers, payload));
      Map<String, String> texts = new HashMap<>();
      if (!headers.isEmpty()) {
        texts.put(":message-type", "event");
        texts.put("text", "grün ".repeat(100));
      }
      sent.add(new EventMessage(texts, payload));
    }
    assertThat(read(stream.toByteArray(), piece)).isEqualTo(sent);
  }

  /** A bit that is another is found, wherever it is: no such message is read as one. */
  @Test
  void noBitIsAnother() {
    byte[] whole = event("{\"delta\":{\"text\":\"Hello\"}}");
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      EventMessages reader = new EventMessages();
      assertThatExceptionOfType(TranslationException.class)
          .as("bit %d", bit)
          .isThrownBy(() -> reader.read(damaged))
          .withMessageContaining("checksum");
    }
  }

  @Test
  void aMessageThatIsNotWholeIsNone() {
    byte[] whole = event("{}");
    for (int length = 1; length < whole.length; length++) {
      EventMessages reader = new EventMessages();
      assertThat(reader.read(Arrays.copyOf(whole, length))).isEmpty();
      assertThat(reader.isWithin()).isTrue();
    }
  }

  private static byte[] prelude(int length, int headers) {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(length).putInt(headers);
    CRC32 crc = new CRC32();
    crc.update(prelude.array(), 0, 8);
    return prelude.putInt((int) crc.getValue()).array();
  }

  private static void refused(byte[] bytes, String why) {
    assertThatExceptionOfType(TranslationException.class)
        .isThrownBy(() -> new EventMessages().read(bytes))
        .withMessageContaining(why);
  }

  /** Nothing is kept for what says that it is too long: its prelude is enough. */
  @Test
  void lengthsHaveBounds() {
    refused(prelude(EventMessages.MOST + 1, 0), "a message of 26214401 bytes");
    refused(prelude(-1, 0), "a message of 4294967295 bytes");
    refused(prelude(15, 0), "a message of 15 bytes");
    refused(prelude(100, 85), "headers of 85 bytes");
    refused(prelude(1 << 20, EventMessages.MOST_HEADERS + 1), "headers of 131073 bytes");
    refused(prelude(100, -1), "headers of 4294967295 bytes");
  }

  private static byte[] withHeaders(byte[] headers) {
    int length = 12 + headers.length + 4;
    ByteBuffer message = ByteBuffer.allocate(length).put(prelude(length, headers.length));
    message.put(headers);
    CRC32 crc = new CRC32();
    crc.update(message.array(), 0, length - 4);
    return message.putInt((int) crc.getValue()).array();
  }

  @Test
  void headersAreReadStrictly() {
    refused(withHeaders(new byte[] {5, 'a'}), "longer than all of them");
    refused(withHeaders(new byte[] {1, 'a'}), "longer than all of them");
    refused(withHeaders(new byte[] {1, 'a', 7, 0}), "longer than all of them");
    refused(withHeaders(new byte[] {1, 'a', 7, 0, 9, 'x'}), "longer than all of them");
    refused(withHeaders(new byte[] {1, 'a', 9, 0}), "longer than all of them");
    refused(withHeaders(new byte[] {1, 'a', 10}), "a header of type 10");
    refused(
        withHeaders(new byte[] {1, 'a', 7, 0, 1, 'x', 1, 'a', 7, 0, 1, 'x'}),
        "the header a is there twice");
  }
}
