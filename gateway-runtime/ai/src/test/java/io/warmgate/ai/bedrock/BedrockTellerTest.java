package io.warmgate.ai.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.golden.Sides;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.Replay;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.ai.stream.StreamWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told as Bedrock would have is read as what it was, whole and cut anywhere. */
class BedrockTellerTest {
  private static final Extras OWN = Extras.none(Dialect.BEDROCK_CONVERSE);

  private static ChatAnswer answer() {
    return new ChatAnswer(
        new AnswerId("r1", "nova", null, null),
        List.of(
            new Part.Reasoning("Hm, ünd so.", "c2ln", OWN),
            new Part.Text("Hello there, all of you who are reading this line of text.", OWN),
            new Part.ToolCall("tooluse_1", "f", "{\"a\":[1,2]}", OWN),
            new Part.ToolCall("tooluse_2", "g", "{}", OWN)),
        new Stop(StopReason.TOOL_CALLS, null, "tool_use"),
        new Usage(10, 4, 3, 9, 0, OWN),
        OWN);
  }

  @Test
  void whole() {
    byte[] told = new BedrockTeller().writeAnswer(answer());
    assertThat(new BedrockProvider("nova").readAnswer(told))
        .isEqualTo(new Outcome.Answered(answer()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void piecesOf(int bytes) {
    StreamWriter writer = new BedrockTeller().openStream(Sides.asked("openai"));
    StringBuilder told = new StringBuilder();
    Replay.of(answer()).forEach(event -> told.append(writer.write(event)));
    byte[] sent = told.toString().getBytes(UTF_8);
    StreamReader reader = new BedrockProvider("nova").openStream();
    StreamFold fold = new StreamFold(Dialect.BEDROCK_CONVERSE);
    for (int from = 0; from < sent.length; from += bytes) {
      byte[] piece = Arrays.copyOfRange(sent, from, Math.min(sent.length, from + bytes));
      reader.read(piece).forEach(fold::add);
    }
    reader.end().forEach(fold::add);
    assertThat(fold.result().end()).isEqualTo(new Folded.Complete());
    assertThat(fold.result().answer()).isEqualTo(answer());
  }

  @Test
  void anErrorInAStreamIsOne() {
    StreamWriter writer = new BedrockTeller().openStream(Sides.asked("openai"));
    ModelError error = ModelError.of(ErrorKind.OVERLOADED, "busy");
    String told = writer.write(new StreamEvent.Failed(error));
    assertThat(new BedrockProvider("nova").openStream().read(told.getBytes(UTF_8)))
        .containsExactly(new StreamEvent.Failed(error));
  }
}
