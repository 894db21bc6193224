package io.warmgate.aisimulator.suite;

import static io.warmgate.aisimulator.suite.Chats.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import org.junit.jupiter.api.Test;

/** Errors that OpenAI's SDK has classes for. */
public interface OpenAiErrorCases extends OpenAiTarget {
  @Test
  default void knowsNoModelOfThatName() {
    var refused =
        catchThrowableOfType(
            NotFoundException.class,
            () -> openAi().chat().completions().create(asking("no-such-model", "hello").build()));

    assertThat(refused.code()).contains("model_not_found");
    assertThat(refused.type()).contains("invalid_request_error");
  }

  @Test
  default void refusesAValueOutOfRange() {
    var refused =
        catchThrowableOfType(
            BadRequestException.class,
            () ->
                openAi()
                    .chat()
                    .completions()
                    .create(asking(target().chatModel(), "hello").temperature(3).build()));

    assertThat(refused.param()).contains("temperature");
    assertThat(refused.type()).contains("invalid_request_error");
  }

  @Test
  default void refusesAnotherKey() {
    OpenAIClient stranger =
        OpenAiClientSuite.client(
            new Target(target().openAiUrl(), target().anthropicUrl(), "wrong", "sim-1", "sim-1"));
    try {
      var refused =
          catchThrowableOfType(
              UnauthorizedException.class,
              () ->
                  stranger
                      .chat()
                      .completions()
                      .create(asking(target().chatModel(), "hello").build()));

      assertThat(refused.statusCode()).isEqualTo(401);
    } finally {
      stranger.close();
    }
  }
}
