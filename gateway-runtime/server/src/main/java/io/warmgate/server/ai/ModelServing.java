package io.warmgate.server.ai;

import io.warmgate.config.Backend;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Prompt;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.server.Values;
import io.warmgate.server.credential.Check;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.prompt.CompiledPrompt;
import io.warmgate.server.upstream.Inquiries;
import io.warmgate.server.version.Poll;
import io.warmgate.server.version.VersionWatch;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models of a configuration.
 *
 * @param models by id
 * @param prompts of its rules; nobody changes them
 * @param rests which of them had better not be asked now
 * @param memory of what they were asked
 */
public record ModelServing(
    Map<String, ServedModel> models,
    IdentityHashMap<Prompt, CompiledPrompt> prompts,
    Rests rests,
    QuestionMemory memory)
    implements ModelStep {

  /**
   * @param proofs told what questions say of credentials
   * @param versions told what answers say of versions
   * @throws io.warmgate.config.ConfigException where a provider's key is missing
   */
  public static ModelServing of(
      GatewayConfig config, Values values, Proofs proofs, VersionWatch versions) {
    Map<String, Backend> backends = FreeChecks.backends(config);
    return new ModelServing(
        config.models().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Model::id,
                    model -> served(model, backends.get(model.id()), values, proofs, versions))),
        prompts(config),
        new Rests(System::nanoTime),
        new QuestionMemory());
  }

  /**
   * @param backend null: no rule asks it
   */
  private static ServedModel served(
      Model model, @Nullable Backend backend, Values values, Proofs proofs, VersionWatch versions) {
    ServedModel served =
        ServedModel.of(
            model,
            values,
            key -> proofs.of(model.object(), FreeChecks.account(model, key, backend)));
    return backend == null ? served : served.heardBy(versions.ear(model, backend));
  }

  /** By identity: two rules may have the same, and to compare two costs more than to compile. */
  private static IdentityHashMap<Prompt, CompiledPrompt> prompts(GatewayConfig config) {
    IdentityHashMap<Prompt, CompiledPrompt> prompts = new IdentityHashMap<>();
    for (Route route : config.routes()) {
      for (Rule rule : route.allRules()) {
        if (rule.prompt() != null) {
          prompts.put(rule.prompt(), new CompiledPrompt(rule.prompt()));
        }
      }
    }
    return prompts;
  }

  /** How the credentials of these models are checked. */
  public List<Check> checks(GatewayConfig config, Inquiries inquiries) {
    return FreeChecks.of(config, models, inquiries);
  }

  /** How the versions of these models are asked for. */
  public List<Poll> polls(GatewayConfig config, Inquiries inquiries) {
    return VersionPoll.of(config, models, inquiries);
  }

  @Override
  public Turn begin(Exchange exchange, Consumer<Inference> told) {
    return turn(exchange, Asker.Client::of, told);
  }

  @Override
  public Turn rehearse(Exchange exchange, Consumer<Inference> told) {
    return turn(exchange, _ -> new Asker.Gateway(), told);
  }

  private Turn turn(Exchange exchange, Function<Exchange, Asker> asker, Consumer<Inference> told) {
    return TensorTurn.begin(exchange, this, asker, told)
        .orElseGet(() -> new ModelTurn(exchange, this, asker, told));
  }
}
