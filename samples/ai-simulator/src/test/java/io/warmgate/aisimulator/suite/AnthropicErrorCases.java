package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.models.messages.MessageCreateParams;
import org.junit.jupiter.api.Test;

/** Errors that Anthropic's SDK has classes for. */
public interface AnthropicErrorCases extends AnthropicTarget {
  @Test
  default void knowsNoSuchModel() {
    var refused =
        catchThrowableOfType(
            NotFoundException.class,
            () -> anthropic().messages().create(request("no-such-model").build()));

    assertThat(refused.body().toString()).contains("not_found_error");
  }

  @Test
  default void refusesATemperatureOutOfRange() {
    var tooWarm =
        request(target().chatModel()).putAdditionalBodyProperty("temperature", JsonValue.from(1.5));
    var refused =
        catchThrowableOfType(
            BadRequestException.class, () -> anthropic().messages().create(tooWarm.build()));

    assertThat(refused.body().toString()).contains("invalid_request_error", "temperature");
  }

  @Test
  default void refusesAnUnknownKey() {
    AnthropicClient stranger =
        AnthropicClientSuite.client(
            new Target(target().openAiUrl(), target().anthropicUrl(), "wrong", "sim-1", "sim-1"));
    try {
      var refused =
          catchThrowableOfType(
              UnauthorizedException.class,
              () -> stranger.messages().create(request(target().chatModel()).build()));

      assertThat(refused.body().toString()).contains("authentication_error");
    } finally {
      stranger.close();
    }
  }

  private static MessageCreateParams.Builder request(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(10).addUserMessage("hello");
  }
}
