package io.warmgate.ai.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.Provider;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.golden.Case;
import io.warmgate.ai.golden.Sides;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Within a dialect nothing is lost: what was written reads as what it was. */
class RoundTripTest {

  @Test
  void requests() {
    int read = 0;
    for (Case folder : Case.of("request", 2)) {
      String side = Sides.first(folder);
      if (!Sides.isProvider(side)) {
        continue;
      }
      Optional<ChatRequest> request = request(Sides.front(side), folder.read("in.json"));
      if (request.isPresent()) {
        read++;
        byte[] written = Sides.provider(side).writeRequest(withUsage(request.get()));
        assertThat(Sides.front(side).readRequest(written))
            .as("%s", folder)
            .isEqualTo(withUsage(request.get()));
      }
    }
    assertThat(read).isGreaterThan(50);
  }

  /** A provider is always asked for usage. */
  private static ChatRequest withUsage(ChatRequest request) {
    Delivery said = request.delivery();
    Delivery.Form form =
        said.form().isStream() ? Delivery.Form.STREAM_WITH_USAGE : Delivery.Form.WHOLE;
    return new ChatRequest(
        request.model(),
        request.turns(),
        request.tooling(),
        request.generation(),
        new Delivery(form, said.user(), said.metadata()),
        request.extras());
  }

  private static Optional<ChatRequest> request(Front front, byte[] body) {
    try {
      return Optional.of(front.readRequest(body));
    } catch (TranslationException e) {
      return Optional.empty();
    }
  }

  @Test
  void answers() {
    int read = 0;
    for (Case folder : Case.of("answer", 2)) {
      String side = Sides.first(folder);
      byte[] in = folder.read(folder.has("in.txt") ? "in.txt" : "in.json");
      if (Sides.provider(side).readAnswer(in) instanceof Outcome.Answered(ChatAnswer answer)) {
        if (answer.stop().said() != null && answer.usage() != null) {
          read++;
          holds(side, answer);
        }
      }
    }
    assertThat(read).isGreaterThan(15);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "ANTHROPIC_MESSAGES"})
  void answersByChance(Dialect dialect) {
    Answers answers = new Answers(9, dialect);
    for (int i = 0; i < 300; i++) {
      holds(dialect == Dialect.OPENAI_CHAT ? "openai" : "anthropic", answers.next());
    }
  }

  private static void holds(String side, ChatAnswer answer) {
    Provider provider = Sides.provider(side);
    assertThat(provider.readAnswer(Sides.teller(side).writeAnswer(answer, Sides.asked("openai"))))
        .isEqualTo(new Outcome.Answered(answer));
  }
}
