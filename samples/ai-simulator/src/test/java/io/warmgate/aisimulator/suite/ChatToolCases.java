package io.warmgate.aisimulator.suite;

import static io.warmgate.aisimulator.suite.Chats.asking;
import static io.warmgate.aisimulator.suite.Chats.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tools in Chat Completions. */
public interface ChatToolCases extends OpenAiTarget {
  @Test
  default void callsToolsAndUsesWhatTheyBring() {
    var request = withTools(asking(target().chatModel(), "get_weather and get_time in Rome"));
    ChatCompletion asked = openAi().chat().completions().create(request.build());

    var message = asked.choices().getFirst().message();
    List<ChatCompletionMessageToolCall> calls = message.toolCalls().orElseThrow();
    assertThat(calls)
        .extracting(call -> call.asFunction().function().name())
        .containsExactly("get_weather", "get_time");
    assertThat(calls).extracting(call -> call.asFunction().id()).doesNotHaveDuplicates();
    assertThat(calls.getFirst().asFunction().function().arguments()).contains("\"Rome\"");

    request.addMessage(message);
    List<String> results = List.of("sunny", "noon");
    for (int i = 0; i < calls.size(); i++) {
      request.addMessage(
          ChatCompletionToolMessageParam.builder()
              .toolCallId(calls.get(i).asFunction().id())
              .content(results.get(i))
              .build());
    }
    ChatCompletion answered = openAi().chat().completions().create(request.build());

    assertThat(text(answered)).isEqualTo("The tools say: sunny and noon");
  }

  @Test
  default void callsOneToolWhereOneIsAllowed() {
    var request = withTools(asking(target().chatModel(), "get_weather and get_time in Rome"));

    assertThat(called(request.parallelToolCalls(false))).containsExactly("get_weather");
  }

  @Test
  default void obeysTheChoiceOfTools() {
    assertThat(called(withTools(asking(target().chatModel(), "say hello")))).isEmpty();
    assertThat(
            called(
                withTools(asking(target().chatModel(), "say hello"))
                    .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)))
        .hasSize(1);
    assertThat(
            called(
                withTools(asking(target().chatModel(), "get_weather"))
                    .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)))
        .isEmpty();
    var named =
        ChatCompletionNamedToolChoice.builder()
            .function(ChatCompletionNamedToolChoice.Function.builder().name("get_time").build())
            .build();
    assertThat(called(withTools(asking(target().chatModel(), "say hello")).toolChoice(named)))
        .containsExactly("get_time");
  }

  private List<String> called(ChatCompletionCreateParams.Builder request) {
    return openAi()
        .chat()
        .completions()
        .create(request.build())
        .choices()
        .getFirst()
        .message()
        .toolCalls()
        .orElse(List.of())
        .stream()
        .map(call -> call.asFunction().function().name())
        .toList();
  }

  /** The request with two tools. */
  static ChatCompletionCreateParams.Builder withTools(ChatCompletionCreateParams.Builder request) {
    var parameters = FunctionParameters.builder();
    Schemas.weather()
        .forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
    for (String name : List.of("get_weather", "get_time")) {
      request.addFunctionTool(
          FunctionDefinition.builder()
              .name(name)
              .description("Tells it of a city.")
              .parameters(parameters.build())
              .strict(true)
              .build());
    }
    return request;
  }
}
