package io.warmgate.aisimulator.suite;

import static com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason.LENGTH;
import static com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason.STOP;
import static io.warmgate.aisimulator.suite.Chats.asking;
import static io.warmgate.aisimulator.suite.Chats.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plain answers of Chat Completions. */
public interface ChatCases extends OpenAiTarget {
  @Test
  default void answersAMessage() {
    ChatCompletion completion = chat(asking(target().chatModel(), "say Bonjour le monde"));

    assertThat(text(completion)).isEqualTo("Bonjour le monde");
    assertThat(completion.choices().getFirst().finishReason()).isEqualTo(STOP);
    assertThat(completion.model()).isEqualTo(target().chatModel());
    var usage = completion.usage().orElseThrow();
    assertThat(usage.completionTokens()).isEqualTo(3);
    assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
  }

  @Test
  default void answersTheSameAgain() {
    String first = text(chat(asking(target().chatModel(), "who are you?")));

    assertThat(text(chat(asking(target().chatModel(), "who are you?")))).isEqualTo(first);
    assertThat(text(chat(asking(target().chatModel(), "who am I?")))).isNotEqualTo(first);
  }

  @Test
  default void takesInstructionsAndEarlierTurnsIntoAccount() {
    String alone = text(chat(asking(target().chatModel(), "and now?")));
    String instructed =
        text(
            chat(
                ChatCompletionCreateParams.builder()
                    .model(target().chatModel())
                    .addSystemMessage("Be brief.")
                    .addUserMessage("and now?")));
    String developed =
        text(
            chat(
                ChatCompletionCreateParams.builder()
                    .model(target().chatModel())
                    .addDeveloperMessage("Be brief.")
                    .addUserMessage("and now?")));
    String later =
        text(
            chat(
                asking(target().chatModel(), "hello")
                    .addAssistantMessage("Hello!")
                    .addUserMessage("and now?")));

    assertThat(List.of(alone, instructed, later)).doesNotHaveDuplicates();
    assertThat(developed).as("system and developer say the same").isEqualTo(instructed);
  }

  @Test
  default void looksAtPictures() {
    String first = text(chat(showing(1)));

    assertThat(first).contains("1 image(s)");
    assertThat(text(chat(showing(1)))).isEqualTo(first);
    assertThat(text(chat(showing(2)))).isNotEqualTo(first);
  }

  private ChatCompletionCreateParams.Builder showing(int picture) {
    var image =
        ChatCompletionContentPartImage.builder()
            .imageUrl(
                ChatCompletionContentPartImage.ImageUrl.builder()
                    .url(Pictures.dataUrl(picture))
                    .build())
            .build();
    var words = ChatCompletionContentPartText.builder().text("what is this?").build();
    return ChatCompletionCreateParams.builder()
        .model(target().chatModel())
        .addUserMessageOfArrayOfContentParts(
            List.of(
                ChatCompletionContentPart.ofText(words),
                ChatCompletionContentPart.ofImageUrl(image)));
  }

  @Test
  default void endsWhereItMust() {
    ChatCompletion cutOff = chat(asking(target().chatModel(), "count 100").maxCompletionTokens(3));
    assertThat(text(cutOff)).isEqualTo("1 2 3");
    assertThat(cutOff.choices().getFirst().finishReason()).isEqualTo(LENGTH);

    ChatCompletion stopped = chat(asking(target().chatModel(), "count 100").stop(" 5"));
    assertThat(text(stopped)).isEqualTo("1 2 3 4");
    assertThat(stopped.choices().getFirst().finishReason()).isEqualTo(STOP);
  }

  @Test
  default void mayRefuse() {
    var message = chat(asking(target().chatModel(), "refuse this")).choices().getFirst().message();

    assertThat(message.refusal()).contains("I cannot help with that.");
    assertThat(message.content()).isEmpty();
  }

  /** Asks. */
  private ChatCompletion chat(ChatCompletionCreateParams.Builder request) {
    return openAi().chat().completions().create(request.build());
  }
}
