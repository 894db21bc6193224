package io.warmgate.ai.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** From Bedrock's bytes to an answer, or to none. */
class ConverseEventsTest {

  private static byte[] message(String kind, String name, String type, String payload) {
    ByteBuffer encoded =
        new Message(
                Map.of(
                    ":message-type",
                    HeaderValue.fromString(kind),
                    name,
                    HeaderValue.fromString(type),
                    ":content-type",
                    HeaderValue.fromString("application/json")),
                payload.getBytes(UTF_8))
            .toByteBuffer();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] event(String type, String payload) {
    return message("event", ":event-type", type, payload);
  }

  private static byte[] stream(byte[]... messages) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      stream.writeBytes(message);
    }
    return stream.toByteArray();
  }

  private static byte[] begun() {
    return stream(
        event("messageStart", "{\"role\":\"assistant\",\"p\":\"abc\"}"),
        event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Grüß \"}}"),
        event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Gott\"}}"));
  }

  private static byte[] whole() {
    return stream(
        begun(),
        event("contentBlockStop", "{\"contentBlockIndex\":0}"),
        event("messageStop", "{\"stopReason\":\"end_turn\"}"),
        event("metadata", "{\"usage\":{\"inputTokens\":3,\"outputTokens\":2,\"totalTokens\":5}}"));
  }

  private static Folded read(byte[] bytes, int piece) {
    ConverseEvents events = new ConverseEvents();
    StreamReader reader = new BedrockProvider("nova").openStream();
    StreamFold fold = new StreamFold(new BedrockProvider("nova").dialect());
    reader.read(events.begin("req-1").getBytes(UTF_8)).forEach(fold::add);
    for (int from = 0; from < bytes.length; from += piece) {
      byte[] came = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      reader.read(events.read(came).getBytes(UTF_8)).forEach(fold::add);
    }
    reader.read(events.end().getBytes(UTF_8)).forEach(fold::add);
    reader.end().forEach(fold::add);
    return fold.result();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64, 100_000})
  void cutAnywhereItIsTheSameAnswer(int piece) {
    Folded folded = read(whole(), piece);
    assertThat(folded.end()).isEqualTo(new Folded.Complete());
    assertThat(folded.answer().parts().toString()).contains("Grüß Gott");
    assertThat(folded.answer().id().id()).isEqualTo("req-1");
    assertThat(folded.answer().id().model()).isEqualTo("nova");
  }

  /** Whatever of it is missing, or is another: it is no whole answer. */
  @Test
  void whatIsCutOrDamagedIsNoAnswer() {
    byte[] whole = whole();
    for (int length = 0; length < whole.length; length++) {
      assertThat(read(Arrays.copyOf(whole, length), 1000).end())
          .as("%d bytes", length)
          .isInstanceOf(Folded.Failed.class);
    }
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      assertThat(read(damaged, 1000).end()).as("byte %d", at).isInstanceOf(Folded.Failed.class);
    }
  }

  private static ErrorKind failed(byte[] bytes) {
    Folded.End end = read(bytes, 1000).end();
    assertThat(end).isInstanceOf(Folded.Failed.class);
    return ((Folded.Failed) end).error().kind();
  }

  @Test
  void exceptionsEndIt() {
    String busy = "{\"message\":\"busy\"}";
    assertThat(
            failed(
                stream(
                    begun(),
                    message("exception", ":exception-type", "throttlingException", busy),
                    whole())))
        .isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(failed(message("exception", ":exception-type", "serviceUnavailableException", busy)))
        .isEqualTo(ErrorKind.OVERLOADED);
    assertThat(failed(message("exception", ":exception-type", "modelStreamErrorException", "x")))
        .isEqualTo(ErrorKind.SERVER);
    assertThat(failed(stream(begun(), message("error", ":error-code", "InternalFailure", ""))))
        .isEqualTo(ErrorKind.SERVER);
    assertThat(failed(message("greeting", ":event-type", "x", "{}")))
        .isEqualTo(ErrorKind.UNREADABLE);
    assertThat(failed("HTTP/1.1 200 OK, and other bytes".getBytes(UTF_8)))
        .isEqualTo(ErrorKind.UNREADABLE);
  }

  @Test
  void anEndWithinAMessageIsSaid() {
    ConverseEvents events = new ConverseEvents();
    events.read(Arrays.copyOf(whole(), 20));
    assertThat(events.end()).contains("event: unreadable", "it ends within a message");
    assertThat(events.isUnreadable()).isTrue();
  }

  @Test
  void nothingFollowsWhatCannotBeRead() {
    ConverseEvents events = new ConverseEvents();
    assertThat(events.read(new byte[40])).contains("event: unreadable");
    assertThat(events.isUnreadable()).isTrue();
    assertThat(events.read(whole())).isEmpty();
    assertThat(events.end()).isEmpty();
  }

  @Test
  void theHeadGoesWithTheBody() {
    assertThat(new String(ConverseHead.answered("r", "{\"a\":1}".getBytes(UTF_8)), UTF_8))
        .isEqualTo("{\"requestId\":\"r\",\"a\":1}");
    assertThat(new String(ConverseHead.answered("r", "no".getBytes(UTF_8)), UTF_8)).isEqualTo("no");
    assertThat(new String(ConverseHead.failed("T", "<html>".getBytes(UTF_8)), UTF_8))
        .isEqualTo("{\"__type\":\"T\",\"message\":\"<html>\"}");
    assertThat(new String(ConverseHead.failed("", "<html>".getBytes(UTF_8)), UTF_8))
        .isEqualTo("<html>");
  }
}
