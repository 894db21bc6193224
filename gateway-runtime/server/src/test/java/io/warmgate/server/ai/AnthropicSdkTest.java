package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import io.warmgate.aisimulator.suite.AnthropicErrorCases;
import io.warmgate.aisimulator.suite.MessageCases;
import io.warmgate.aisimulator.suite.MessageStreamCases;
import io.warmgate.aisimulator.suite.MessageToolCases;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;

/** The same of Anthropic's own SDK. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicSdkTest {
  private final SimulatedGateway ofOpenAi = new SimulatedGateway(Model.Provider.OPENAI);
  private final SimulatedGateway ofAnthropic = new SimulatedGateway(Model.Provider.ANTHROPIC);

  @AfterAll
  void close() {
    assertThat(ofOpenAi.hits()).isGreaterThan(10);
    assertThat(ofAnthropic.hits()).isGreaterThan(10);
    ofOpenAi.close();
    ofAnthropic.close();
  }

  /** All that the SDK is used for. */
  interface Cases extends MessageCases, MessageStreamCases, MessageToolCases, AnthropicErrorCases {
    SimulatedGateway gateway();

    @Override
    default Target target() {
      return gateway().target;
    }

    @Override
    default AnthropicClient anthropic() {
      return gateway().anthropic;
    }
  }

  @Nested
  @Order(1)
  class Anthropic implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return ofAnthropic;
    }
  }

  @Nested
  @Order(2)
  class AnthropicAgain extends Anthropic {}

  @Nested
  @Order(3)
  class OpenAi implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return ofOpenAi;
    }
  }

  @Nested
  @Order(4)
  class OpenAiAgain extends OpenAi {}
}
