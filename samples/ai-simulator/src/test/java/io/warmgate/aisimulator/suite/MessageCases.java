package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Plain answers of Anthropic's Messages. */
public interface MessageCases extends AnthropicTarget {
  /**
   * What is asked for as a class.
   *
   * @param city any
   */
  record Town(String city) {}

  @Test
  default void writesAMessage() {
    Message message = write(asking("say Bonjour le monde"));

    assertThat(text(message)).isEqualTo("Bonjour le monde");
    assertThat(message.stopReason()).contains(StopReason.END_TURN);
    assertThat(message.model().asString()).isEqualTo(target().chatModel());
    assertThat(message.usage().outputTokens()).isEqualTo(3);
    assertThat(message.usage().inputTokens()).isPositive();
  }

  @Test
  default void writesTheSameAgain() {
    String first = text(write(asking("who are you?")));

    assertThat(text(write(asking("who are you?")))).isEqualTo(first);
    assertThat(text(write(asking("who am I?")))).isNotEqualTo(first);
  }

  @Test
  default void heedsInstructionsAndEarlierTurns() {
    String instructed = text(write(asking("and now?").system("Be brief.")));
    String later =
        text(write(asking("hello").addAssistantMessage("Hello!").addUserMessage("and now?")));

    assertThat(List.of(text(write(asking("and now?"))), instructed, later)).doesNotHaveDuplicates();
    String inBlocks =
        text(
            write(
                asking("and now?")
                    .systemOfTextBlockParams(
                        List.of(TextBlockParam.builder().text("Be brief.").build()))));
    assertThat(inBlocks).isEqualTo(instructed);
  }

  @Test
  default void seesPictures() {
    String first = text(write(showing(1)));

    assertThat(first).contains("1 image(s)");
    assertThat(text(write(showing(2)))).isNotEqualTo(first);
  }

  private MessageCreateParams.Builder showing(int picture) {
    var source =
        Base64ImageSource.builder()
            .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
            .data(Pictures.base64(picture))
            .build();
    return request()
        .addUserMessageOfContentBlockParams(
            List.of(
                ContentBlockParam.ofImage(ImageBlockParam.builder().source(source).build()),
                ContentBlockParam.ofText(TextBlockParam.builder().text("what is this?").build())));
  }

  @Test
  default void stopsWhereItMust() {
    Message cutOff = write(asking("count 100").maxTokens(3));
    assertThat(text(cutOff)).isEqualTo("1 2 3");
    assertThat(cutOff.stopReason()).contains(StopReason.MAX_TOKENS);

    Message stopped = write(asking("count 100").addStopSequence(" 5"));
    assertThat(text(stopped)).isEqualTo("1 2 3 4");
    assertThat(stopped.stopReason()).contains(StopReason.STOP_SEQUENCE);
    assertThat(stopped.stopSequence()).contains(" 5");
  }

  @Test
  default void mayRefuseToWrite() {
    assertThat(write(asking("refuse this")).stopReason()).contains(StopReason.REFUSAL);
  }

  @Test
  default void writesAnObjectOfAClass() throws Exception {
    var message =
        anthropic()
            .messages()
            .create(asking("the weather in Oslo").outputConfig(Town.class).build());

    String text = text(message.rawMessage());
    assertThat(JsonMapper.builder().build().readTree(text).path("city").asText()).isEqualTo("Oslo");
  }

  @Test
  default void writesItsThoughtsAndTakesThemBack() {
    var request = asking("who are you?").maxTokens(5000).enabledThinking(2000);
    Message message = write(request);

    assertThat(message.content()).extracting(ContentBlock::isThinking).containsExactly(true, false);
    assertThat(text(write(request.addMessage(message).addUserMessage("say it again"))))
        .isEqualTo("it again");
  }

  private MessageCreateParams.Builder request() {
    return MessageCreateParams.builder().model(target().chatModel()).maxTokens(1000);
  }

  private MessageCreateParams.Builder asking(String text) {
    return request().addUserMessage(text);
  }

  private Message write(MessageCreateParams.Builder request) {
    return anthropic().messages().create(request.build());
  }

  /** All that the message says. */
  static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }
}
