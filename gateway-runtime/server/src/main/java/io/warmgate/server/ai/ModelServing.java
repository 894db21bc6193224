package io.warmgate.server.ai;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The models of a configuration.
 *
 * @param models by id
 * @param rests which of them had better not be asked now
 * @param memory of what they were asked
 */
public record ModelServing(Map<String, ServedModel> models, Rests rests, QuestionMemory memory)
    implements ModelStep {

  /**
   * @throws io.warmgate.config.ConfigException where a provider's key is missing
   */
  public static ModelStep of(GatewayConfig config, Values values) {
    return new ModelServing(
        config.models().stream()
            .collect(
                Collectors.toUnmodifiableMap(Model::id, model -> ServedModel.of(model, values))),
        new Rests(System::nanoTime),
        new QuestionMemory());
  }

  @Override
  public Turn begin(Exchange exchange, Consumer<Inference> told) {
    return new ModelTurn(exchange, this, told);
  }
}
