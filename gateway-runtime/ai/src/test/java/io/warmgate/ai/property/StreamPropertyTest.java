package io.warmgate.ai.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.golden.Case;
import io.warmgate.ai.golden.Sides;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.Replay;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.ai.stream.StreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams are cut anywhere, put together, and taken apart again. */
class StreamPropertyTest {
  private static final int ANSWERS = 300;

  static List<Case> streams() {
    return Case.of("stream", 2);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void cutAnywhereItSaysTheSame(Case folder) {
    Provider provider = Sides.provider(Sides.first(folder));
    byte[] bytes = folder.read("in.sse");
    List<StreamEvent> whole = read(provider, bytes, new int[0]);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(read(provider, bytes, new int[] {cut})).as("cut at %d", cut).isEqualTo(whole);
    }
    int[] everywhere = new int[bytes.length];
    Arrays.setAll(everywhere, i -> i);
    assertThat(read(provider, bytes, everywhere)).isEqualTo(whole);
    for (long seed = 0; seed < 20; seed++) {
      int[] cuts = new Random(seed).ints(5, 0, bytes.length).sorted().toArray();
      assertThat(read(provider, bytes, cuts)).as("seed %d", seed).isEqualTo(whole);
    }
  }

  private static List<StreamEvent> read(Provider provider, byte[] bytes, int[] cuts) {
    StreamReader reader = provider.openStream();
    List<StreamEvent> events = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      events.addAll(reader.read(Arrays.copyOfRange(bytes, from, cut)));
      from = cut;
    }
    events.addAll(reader.read(Arrays.copyOfRange(bytes, from, bytes.length)));
    events.addAll(reader.end());
    return events;
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void aReplayFoldsToTheAnswer(Dialect dialect) {
    Answers answers = new Answers(7, dialect);
    for (int i = 0; i < ANSWERS; i++) {
      ChatAnswer answer = answers.next();
      StreamFold fold = new StreamFold(dialect);
      Replay.of(answer).forEach(fold::add);
      assertThat(fold.result()).isEqualTo(new Folded(answer, List.of(), new Folded.Complete()));
    }
  }

  /** Over the wire, too: what a client hears of a stored answer is that answer. */
  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void aReplayThatIsWrittenAndReadIsTheAnswer(Dialect dialect) {
    String side = dialect == Dialect.OPENAI_CHAT ? "openai" : "anthropic";
    Answers answers = new Answers(8, dialect);
    for (int i = 0; i < ANSWERS; i++) {
      ChatAnswer answer = answers.next();
      StreamWriter writer = Sides.front(side).openStream(asked(dialect));
      StringBuilder wire = new StringBuilder();
      Replay.of(answer).forEach(event -> wire.append(writer.write(event)));
      byte[] bytes = wire.toString().getBytes(StandardCharsets.UTF_8);
      StreamFold fold = new StreamFold(dialect);
      read(Sides.provider(side), bytes, new int[] {bytes.length / 2}).forEach(fold::add);
      assertThat(fold.result()).isEqualTo(new Folded(answer, List.of(), new Folded.Complete()));
    }
  }

  private static ChatRequest asked(Dialect dialect) {
    return new ChatRequest(
        "m",
        List.of(),
        Tooling.NONE,
        new Generation(Sampling.DEFAULT, List.of(), 9L, null, new OutputFormat.PlainText()),
        new Delivery(Delivery.Form.STREAM_WITH_USAGE, null, Map.of()),
        Extras.none(dialect));
  }
}
