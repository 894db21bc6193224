package io.warmgate.ai.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer of which nobody knows what it answers is one to a request that says nothing. */
class NothingAskedTest {

  @ParameterizedTest
  @CsvSource({"openai, messages, []", "responses, input, ''", "completions, prompt, ''"})
  void isAnAnswerToNothing(String name, String field, String nothing) {
    Front front = Sides.front(name);
    String said = nothing.isEmpty() ? "\"\"" : nothing;
    String body = "{\"model\":\"m\",\"" + field + "\":" + said + "}";
    ChatRequest asked = front.readRequest(body.getBytes(StandardCharsets.UTF_8));
    Case folder =
        Case.of("answer", 2).stream()
            .filter(any -> any.toString().equals("openai-to-openai/text"))
            .findFirst()
            .orElseThrow();
    if (Sides.provider("openai").readAnswer(folder.read("in.json"))
        instanceof Outcome.Answered(ChatAnswer answer)) {
      JsonNode told = Json.parse(front.writeAnswer(answer));
      assertThat((Object) told).isEqualTo(Json.parse(front.writeAnswer(answer, asked)));
      return;
    }
    throw new AssertionError(folder + " is no answer");
  }
}
