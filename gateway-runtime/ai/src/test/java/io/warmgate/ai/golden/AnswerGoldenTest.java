package io.warmgate.ai.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code answer/<provider>-to-<front>/<case>}: {@code in.json} (or {@code in.txt}) gives {@code
 * out.json}; or {@code error.json} where it is an error; or {@code refused.txt}. {@code error/…}:
 * {@code in.json} with status and body gives {@code out.json}. {@code request.json}, where it is
 * there, is what the client asked.
 */
class AnswerGoldenTest {
  static List<Case> answers() {
    return Case.of("answer", 2);
  }

  static List<Case> errors() {
    return Case.of("error", 2);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatTheClientIsAnswered(Case folder) {
    byte[] in = folder.read(folder.has("in.txt") ? "in.txt" : "in.json");
    Front front = Sides.front(Sides.second(folder));
    ChatRequest asked = Sides.asked(folder, Sides.second(folder));
    switch (Sides.provider(Sides.first(folder)).readAnswer(in)) {
      case Outcome.Failed(ModelError error) -> folder.comesOut("error.json", told(front, error));
      case Outcome.Answered(ChatAnswer answer) -> {
        try {
          folder.comesOut("out.json", Json.parse(front.writeAnswer(answer, asked)));
        } catch (TranslationException e) {
          folder.comesOut("refused.txt", e.getMessage() + "\n");
        }
      }
    }
    folder.nothingElse();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void whatTheClientIsToldOfAnError(Case folder) {
    var in = folder.json("in.json");
    var body = in.path("body");
    byte[] bytes =
        body.isTextual() ? body.textValue().getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
    ModelError error =
        Sides.provider(Sides.first(folder)).readError(in.path("status").intValue(), bytes);
    folder.comesOut("out.json", told(Sides.front(Sides.second(folder)), error));
    folder.nothingElse();
  }

  static ObjectNode told(Front front, ModelError error) {
    Front.ErrorBody body = front.writeError(error);
    ObjectNode node = Json.object().put("status", body.status());
    node.set("body", Json.parse(body.json()));
    return node;
  }
}
