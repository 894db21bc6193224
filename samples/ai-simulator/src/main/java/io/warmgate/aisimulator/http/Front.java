package io.warmgate.aisimulator.http;

import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.tensor.OpenInferenceDialect;
import io.warmgate.aisimulator.tensor.TensorFlowServingDialect;
import java.util.Map;

/** Finds out which dialect a request is in. */
public final class Front {
  private final Control control;
  private final Dialect openAi;
  private final Dialect anthropic;
  private final Map<String, Dialect> under;
  private final Dialect openInference;
  private final TensorFlowServingDialect tensorFlow;

  /**
   * All dialects, of these models.
   *
   * @param under those that have paths of their own, by how these begin
   */
  public Front(ServedModels models, Dialect openAi, Dialect anthropic, Map<String, Dialect> under) {
    this.control = new Control(models);
    this.openAi = openAi;
    this.anthropic = anthropic;
    this.under = Map.copyOf(under);
    this.openInference = new OpenInferenceDialect(models);
    this.tensorFlow = new TensorFlowServingDialect(models);
  }

  /** The answer, errors included. */
  public Answer answer(Call call) {
    if (call.path().equals(Control.PATH)) {
      return control.answer(call);
    }
    Dialect dialect = dialect(call);
    try {
      return dialect.answer(call);
    } catch (Refused refused) {
      return refusal(dialect, refused);
    }
  }

  /** The answer to a request whose body is too large. */
  public Answer tooLarge(Call call) {
    return refusal(dialect(call), Refused.of(413, "Request exceeds the maximum size"));
  }

  private static Answer refusal(Dialect dialect, Refused refused) {
    return new Answer.Whole(
        refused.status(), dialect.errorHeaders(refused), dialect.error(refused), null);
  }

  /** {@code /v1/models} is of two providers: Anthropic's clients say their version. */
  private Dialect dialect(Call call) {
    for (Map.Entry<String, Dialect> own : under.entrySet()) {
      if (call.path().startsWith(own.getKey())) {
        return own.getValue();
      }
    }
    if (call.path().equals("/v2") || call.path().startsWith("/v2/")) {
      return openInference;
    }
    if (tensorFlow.isAsked(call)) {
      return tensorFlow;
    }
    return call.path().startsWith("/v1/messages") || call.header("anthropic-version").isPresent()
        ? anthropic
        : openAi;
  }
}
