package io.warmgate.ai.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Extras NONE = Extras.none(Dialect.OPENAI_CHAT);

  @Test
  void piecesEndBehindWhiteSpaceAndNeverWithinACharacter() {
    String words = "word ".repeat(40);
    assertThat(pieces(words)).hasSizeGreaterThan(3).allMatch(piece -> piece.endsWith(" "));
    String emoji = "x" + "👋".repeat(100);
    assertThat(pieces(emoji))
        .hasSizeGreaterThan(3)
        .noneMatch(piece -> Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
  }

  @Test
  void anEmptyAnswerIsAStreamToo() {
    assertThat(Replay.of(answer())).last().isEqualTo(new StreamEvent.Ended());
  }

  private static List<String> pieces(String text) {
    return Replay.of(answer(new Part.Text(text, NONE))).stream()
        .filter(StreamEvent.PartGrew.class::isInstance)
        .map(event -> ((StreamEvent.PartGrew) event).more())
        .toList();
  }

  private static ChatAnswer answer(Part... parts) {
    return new ChatAnswer(AnswerId.UNKNOWN, List.of(parts), Stop.NOT_SAID, null, NONE);
  }
}
