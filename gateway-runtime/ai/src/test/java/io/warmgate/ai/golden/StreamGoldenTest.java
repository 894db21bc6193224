package io.warmgate.ai.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front;
import io.warmgate.ai.Provider;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.ai.stream.StreamWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code stream/<provider>-to-<front>/<case>}: {@code in.sse} gives {@code out.sse}, or {@code
 * refused.txt}, and {@code out.json}: how it ended, and the answer that it comes to. {@code
 * request.json}, where it is there, is what the client asked.
 */
class StreamGoldenTest {
  static List<Case> cases() {
    return Case.of("stream", 2);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatTheClientHears(Case folder) {
    Provider provider = Sides.provider(Sides.first(folder));
    Front front = Sides.front(Sides.second(folder));
    ChatRequest asked = Sides.asked(folder, Sides.second(folder));
    List<StreamEvent> events = events(provider, folder.read("in.sse"));
    heard(folder, front.openStream(asked), events);
    folder.comesOut("out.json", folded(front, asked, provider, events));
    folder.nothingElse();
  }

  static List<StreamEvent> events(Provider provider, byte[] bytes) {
    StreamReader reader = provider.openStream();
    List<StreamEvent> events = new ArrayList<>(reader.read(bytes));
    events.addAll(reader.end());
    return events;
  }

  private static void heard(Case folder, StreamWriter writer, List<StreamEvent> events) {
    StringBuilder out = new StringBuilder();
    try {
      events.forEach(event -> out.append(writer.write(event)));
      folder.comesOut("out.sse", out.toString());
    } catch (TranslationException e) {
      folder.comesOut("refused.txt", e.getMessage() + "\n");
    }
  }

  private static ObjectNode folded(
      Front front, ChatRequest asked, Provider provider, List<StreamEvent> events) {
    StreamFold fold = new StreamFold(provider.dialect());
    events.forEach(fold::add);
    Folded folded = fold.result();
    ObjectNode node =
        Json.object()
            .put(
                "end",
                switch (folded.end()) {
                  case Folded.Complete() -> "complete";
                  case Folded.Cut() -> "cut";
                  case Folded.Failed(var error) -> "failed: " + error.message();
                });
    if (!folded.beyond().isEmpty()) {
      folded.beyond().forEach(node.putArray("beyond")::add);
    }
    try {
      node.set("answer", Json.parse(front.writeAnswer(folded.answer(), asked)));
    } catch (TranslationException e) {
      node.put("answer", e.getMessage());
    }
    return node;
  }
}
