package io.warmgate.aisimulator.suite;

import static io.warmgate.aisimulator.suite.Chats.asking;
import static io.warmgate.aisimulator.suite.Chats.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streamed answers of Chat Completions. */
public interface ChatStreamCases extends OpenAiTarget {
  @Test
  default void streamsWhatItAnswersPlainly() {
    ChatCompletionCreateParams request = asking(target().chatModel(), "tell me something").build();

    ChatCompletion streamed = whole(stream(request));
    ChatCompletion plain = openAi().chat().completions().create(request);

    assertThat(text(streamed)).isEqualTo(text(plain));
    assertThat(streamed.choices().getFirst().finishReason())
        .isEqualTo(plain.choices().getFirst().finishReason());
    assertThat(streamed.model()).isEqualTo(plain.model());
  }

  @Test
  default void streamsInPieces() {
    List<ChatCompletionChunk> chunks = stream(asking(target().chatModel(), "count 20").build());

    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks).extracting(ChatCompletionChunk::id).containsOnly(chunks.getFirst().id());
    assertThat(chunks.getFirst().choices().getFirst().delta().role()).isPresent();
    assertThat(chunks.stream().filter(chunk -> chunk.usage().isPresent())).isEmpty();
  }

  @Test
  default void streamsUsageLastWhereItIsWanted() {
    var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
    var request = asking(target().chatModel(), "count 20");
    List<ChatCompletionChunk> chunks = stream(request.streamOptions(options).build());
    var plain =
        openAi().chat().completions().create(asking(target().chatModel(), "count 20").build());

    ChatCompletionChunk last = chunks.getLast();
    assertThat(last.choices()).isEmpty();
    assertThat(last.usage().orElseThrow().totalTokens())
        .isEqualTo(plain.usage().orElseThrow().totalTokens());
    assertThat(chunks.stream().filter(chunk -> chunk.usage().isPresent())).hasSize(1);
  }

  @Test
  default void streamsParallelCalls() {
    ChatCompletion completion =
        whole(
            stream(
                ChatToolCases.withTools(
                        asking(target().chatModel(), "get_weather and get_time in Rome"))
                    .build()));

    var choice = completion.choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(choice.message().toolCalls().orElseThrow())
        .extracting(call -> call.asFunction().function().name())
        .containsExactly("get_weather", "get_time");
    assertThat(choice.message().toolCalls().orElseThrow())
        .allSatisfy(
            call -> assertThat(call.asFunction().function().arguments()).contains("\"Rome\""));
  }

  @Test
  default void streamsRefusals() {
    ChatCompletion completion = whole(stream(asking(target().chatModel(), "refuse this").build()));

    assertThat(completion.choices().getFirst().message().refusal())
        .contains("I cannot help with that.");
  }

  private List<ChatCompletionChunk> stream(ChatCompletionCreateParams request) {
    try (var response = openAi().chat().completions().createStreaming(request)) {
      return response.stream().toList();
    }
  }

  private static ChatCompletion whole(List<ChatCompletionChunk> chunks) {
    var accumulator = ChatCompletionAccumulator.create();
    chunks.forEach(accumulator::accumulate);
    return accumulator.chatCompletion();
  }
}
