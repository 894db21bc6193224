package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolChoiceAuto;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tools in Anthropic's Messages. */
public interface MessageToolCases extends AnthropicTarget {
  @Test
  default void usesToolsAndWhatTheyBring() {
    var request = withTools(toolRequest("get_weather and get_time in Rome"));
    Message asked = anthropic().messages().create(request.build());

    assertThat(asked.stopReason()).contains(StopReason.TOOL_USE);
    List<ToolUseBlock> calls = asked.content().stream().map(ContentBlock::asToolUse).toList();
    assertThat(calls).extracting(ToolUseBlock::name).containsExactly("get_weather", "get_time");
    assertThat(calls).extracting(ToolUseBlock::id).doesNotHaveDuplicates();

    var results = new ArrayList<ContentBlockParam>();
    for (ToolUseBlock call : calls) {
      results.add(
          ContentBlockParam.ofToolResult(
              ToolResultBlockParam.builder()
                  .toolUseId(call.id())
                  .content(call.name().equals("get_time") ? "noon" : "sunny")
                  .build()));
    }
    request.addMessage(asked).addUserMessageOfContentBlockParams(results);
    Message answered = anthropic().messages().create(request.build());

    assertThat(MessageCases.text(answered)).isEqualTo("The tools say: sunny and noon");
    assertThat(answered.stopReason()).contains(StopReason.END_TURN);
  }

  @Test
  default void usesToolsAsItIsTold() {
    assertThat(used(toolRequest("say hello"))).isEmpty();
    assertThat(used(toolRequest("say hello").toolChoice(ToolChoiceAny.builder().build())))
        .hasSize(1);
    assertThat(used(toolRequest("get_weather").toolChoice(ToolChoiceNone.builder().build())))
        .isEmpty();
    assertThat(used(toolRequest("say hello").toolToolChoice("get_time")))
        .containsExactly("get_time");
    assertThat(
            used(
                toolRequest("get_weather and get_time")
                    .toolChoice(ToolChoiceAuto.builder().disableParallelToolUse(true).build())))
        .containsExactly("get_weather");
  }

  private MessageCreateParams.Builder toolRequest(String text) {
    return MessageCreateParams.builder()
        .model(target().chatModel())
        .maxTokens(1000)
        .addUserMessage(text);
  }

  private List<String> used(MessageCreateParams.Builder request) {
    return anthropic().messages().create(withTools(request).build()).content().stream()
        .flatMap(block -> block.toolUse().stream())
        .map(ToolUseBlock::name)
        .toList();
  }

  /** The request with two tools. */
  static MessageCreateParams.Builder withTools(MessageCreateParams.Builder request) {
    var schema = Tool.InputSchema.builder();
    Schemas.weather()
        .forEach(
            (name, value) -> {
              if (!name.equals("type")) { // the builder has said that it is an object
                schema.putAdditionalProperty(name, JsonValue.from(value));
              }
            });
    for (String name : List.of("get_weather", "get_time")) {
      request.addTool(Tool.builder().name(name).inputSchema(schema.build()).build());
    }
    return request;
  }
}
