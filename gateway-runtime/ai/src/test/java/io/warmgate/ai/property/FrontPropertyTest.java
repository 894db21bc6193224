package io.warmgate.ai.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.golden.Case;
import io.warmgate.ai.golden.Sides;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.Replay;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.SseReader;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of dialects that are fronts alone no reader reads back what was written: here what a client makes
 * of a stream is held against the plain answer.
 */
class FrontPropertyTest {
  private static final int ANSWERS = 300;

  static List<Case> answers() {
    return Case.of("answer", 2);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aStreamedResponseIsThePlainOne(Case folder) {
    byte[] in = folder.read(folder.has("in.txt") ? "in.txt" : "in.json");
    if (Sides.provider(Sides.first(folder)).readAnswer(in) instanceof Outcome.Answered(var answer)
        && answer.stop().said() != null
        && isSaid(answer, "responses")) {
      streamed(answer, new Random(1));
    }
  }

  private static boolean isSaid(ChatAnswer answer, String front) {
    try {
      Sides.front(front).writeAnswer(answer, Sides.asked(front));
      return true;
    } catch (TranslationException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void anyStreamedResponseIsThePlainOne(Dialect dialect) {
    Answers answers = new Answers(10, dialect);
    for (int i = 0; i < ANSWERS; i++) {
      streamed(answers.next(), new Random(i));
    }
  }

  /** However it is cut, and with calls that grow side by side. */
  private static void streamed(ChatAnswer answer, Random random) {
    Front front = Sides.front("responses");
    ChatRequest asked = Sides.asked("responses");
    JsonNode plain = Json.parse(front.writeAnswer(answer, asked));
    List<StreamEvent> events = Replay.of(answer);
    for (List<StreamEvent> told : List.of(events, recut(events, random), sideBySide(events))) {
      HeardResponse heard = new HeardResponse(wire(front.openStream(asked), told));
      assertThat((Object) heard.response()).isEqualTo(plain);
      assertThat(heard.items()).containsExactlyElementsOf(items(plain));
      assertThat(heard.types()).startsWith("response.created", "response.in_progress");
    }
  }

  private static List<ObjectNode> items(JsonNode response) {
    List<ObjectNode> items = new ArrayList<>();
    response.path("output").forEach(item -> items.add((ObjectNode) item));
    return items;
  }

  private static String wire(StreamWriter writer, List<StreamEvent> events) {
    StringBuilder wire = new StringBuilder();
    events.forEach(event -> wire.append(writer.write(event)));
    return wire.toString();
  }

  private static List<StreamEvent> recut(List<StreamEvent> events, Random random) {
    List<StreamEvent> other = new ArrayList<>();
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.PartGrew(int part, String more) && more.length() > 1) {
        int cut = 1 + random.nextInt(more.length() - 1);
        if (!Character.isLowSurrogate(more.charAt(cut))) {
          other.add(new StreamEvent.PartGrew(part, more.substring(0, cut)));
          other.add(new StreamEvent.PartGrew(part, more.substring(cut)));
          continue;
        }
      }
      other.add(event);
    }
    return other;
  }

  /** As OpenAI's parallel calls: all of them begin before the first one ends. */
  private static List<StreamEvent> sideBySide(List<StreamEvent> events) {
    List<StreamEvent> other = new ArrayList<>();
    List<StreamEvent> ends = new ArrayList<>();
    List<Integer> calls = new ArrayList<>();
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.PartBegun(int part, Part.ToolCall call)) {
        calls.add(part);
      }
      if (event instanceof StreamEvent.PartEnded(int part) && calls.contains(part)) {
        ends.add(event);
      } else {
        if (event instanceof StreamEvent.Stopped) {
          other.addAll(ends);
        }
        other.add(event);
      }
    }
    return other;
  }

  @Test
  void aStreamedCompletionIsThePlainOne() {
    Answers answers = new Answers(11, Dialect.ANTHROPIC_MESSAGES);
    Front front = Sides.front("completions");
    ChatRequest asked = Sides.asked("completions");
    int told = 0;
    for (int i = 0; i < ANSWERS; i++) {
      ChatAnswer answer = answers.next();
      if (!isSaid(answer, "completions")) {
        continue;
      }
      told++;
      JsonNode plain = Json.parse(front.writeAnswer(answer, asked));
      List<SseEvent> frames =
          new SseReader()
              .read(
                  wire(front.openStream(asked), Replay.of(answer))
                      .getBytes(StandardCharsets.UTF_8));
      assertThat(frames.removeLast().data()).isEqualTo("[DONE]");
      JsonNode used = Json.parse(frames.removeLast().data());
      assertThat((Object) used.path("usage")).isEqualTo(plain.path("usage"));
      StringBuilder text = new StringBuilder();
      String finish = null;
      for (SseEvent frame : frames) {
        JsonNode choice = Json.parse(frame.data()).path("choices").path(0);
        text.append(choice.path("text").textValue());
        finish = choice.path("finish_reason").textValue();
      }
      assertThat(text.toString()).isEqualTo(plain.path("choices").path(0).path("text").asText());
      assertThat(finish).isEqualTo(plain.path("choices").path(0).path("finish_reason").asText());
    }
    assertThat(told).isGreaterThan(30);
  }
}
