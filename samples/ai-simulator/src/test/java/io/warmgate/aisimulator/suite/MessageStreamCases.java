package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streamed answers of Anthropic's Messages. */
public interface MessageStreamCases extends AnthropicTarget {
  @Test
  default void streamsWhatItWritesPlainly() {
    MessageCreateParams request = streaming("tell me something").build();

    List<RawMessageStreamEvent> events = events(request);
    Message streamed = whole(events);
    Message plain = anthropic().messages().create(request);

    assertThat(events.getFirst().isMessageStart()).isTrue();
    assertThat(events.getLast().isMessageStop()).isTrue();
    assertThat(MessageCases.text(streamed)).isEqualTo(MessageCases.text(plain));
    assertThat(streamed.stopReason()).isEqualTo(plain.stopReason());
    assertThat(streamed.usage().inputTokens()).isEqualTo(plain.usage().inputTokens());
    assertThat(streamed.usage().outputTokens()).isEqualTo(plain.usage().outputTokens());
  }

  @Test
  default void streamsMessagesInPieces() {
    assertThat(events(streaming("count 20").build()))
        .filteredOn(RawMessageStreamEvent::isContentBlockDelta)
        .hasSizeGreaterThan(1);
  }

  @Test
  default void streamsParallelToolUse() {
    Message message =
        whole(
            events(
                MessageToolCases.withTools(streaming("get_weather and get_time in Rome")).build()));

    assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
    assertThat(message.content())
        .extracting(block -> block.asToolUse().name())
        .containsExactly("get_weather", "get_time");
    ToolUseBlock first = message.content().getFirst().asToolUse();
    assertThat(first._input().toString()).contains("Rome");
  }

  @Test
  default void streamsThoughts() {
    var request = streaming("who are you?").maxTokens(5000).enabledThinking(2000).build();

    Message streamed = whole(events(request));

    var thoughts = streamed.content().getFirst().asThinking();
    var plain = anthropic().messages().create(request).content().getFirst().asThinking();
    assertThat(thoughts.thinking()).isEqualTo(plain.thinking());
    assertThat(thoughts.signature()).isEqualTo(plain.signature());
  }

  private MessageCreateParams.Builder streaming(String text) {
    return MessageCreateParams.builder()
        .model(target().chatModel())
        .maxTokens(1000)
        .addUserMessage(text);
  }

  private List<RawMessageStreamEvent> events(MessageCreateParams request) {
    try (var response = anthropic().messages().createStreaming(request)) {
      return response.stream().toList();
    }
  }

  private static Message whole(List<RawMessageStreamEvent> events) {
    var accumulator = MessageAccumulator.create();
    events.forEach(accumulator::accumulate);
    return accumulator.message();
  }
}
