package io.warmgate.ai.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.ai.TranslationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {

  @Test
  void linesEndInThreeWays() {
    assertThat(read("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\n"))
        .extracting(SseEvent::data)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void severalDataLinesAreOneEvent() {
    assertThat(read("event: x\ndata: a\ndata:b\ndata\nid: 7\nretry: 1\n: comment\n\n"))
        .containsExactly(new SseEvent("x", "a\nb\n"));
  }

  @Test
  void aLineThatEndsInTwoChunksEndsOnce() {
    SseReader reader = new SseReader();
    List<SseEvent> events = new ArrayList<>();
    for (byte b : "event: x\r\ndata: a\r\ndata: b\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
      events.addAll(reader.read(new byte[] {b}));
    }
    assertThat(events).containsExactly(new SseEvent("x", "a\nb"));
  }

  @Test
  void anEventWithoutDataIsNone() {
    assertThat(read("event: x\n\n: comment\n\ndata: a\n\n")).containsExactly(new SseEvent("", "a"));
  }

  @Test
  void aByteOrderMarkIsNoName() {
    assertThat(read("\uFEFFdata: a\n\n")).containsExactly(new SseEvent("", "a"));
  }

  @Test
  void whatNoBlankLineEndsIsAnEvent() {
    assertThat(read("data: a\n\ndata: b")).extracting(SseEvent::data).containsExactly("a", "b");
  }

  @Test
  void anEndlessLineIsRefused() {
    SseReader reader = new SseReader();
    byte[] chunk = new byte[1024 * 1024];
    Arrays.fill(chunk, (byte) 'x');
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 40; i++) {
                reader.read(chunk);
              }
            })
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("more than");
  }

  private static List<SseEvent> read(String text) {
    SseReader reader = new SseReader();
    List<SseEvent> events = new ArrayList<>(reader.read(text.getBytes(StandardCharsets.UTF_8)));
    events.addAll(reader.end());
    return events;
  }
}
