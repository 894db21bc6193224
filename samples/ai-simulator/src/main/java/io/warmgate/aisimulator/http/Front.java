package io.warmgate.aisimulator.http;

import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ApiKeys;
import io.warmgate.aisimulator.model.Failure;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.tensor.OpenInferenceDialect;
import io.warmgate.aisimulator.tensor.TensorFlowServingDialect;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/** Finds out which dialect a request is in. */
public final class Front {
  private final Control control;
  private final ApiKeys keys = new ApiKeys(InstantSource.system());
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
    this.control = new Control(models, keys);
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
      admit(call);
      return dialect.answer(call);
    } catch (Refused refused) {
      return refusal(dialect, refused);
    }
  }

  /** Whether its key may do that; whether it is accepted at all the dialect says. */
  private void admit(Call call) throws Refused {
    ApiKeys.Refusal refusal = keys.refusal(key(call));
    switch (refusal) {
      case null -> {}
      case ApiKeys.Refusal.Fails(Failure failure) -> throw Desk.refused(failure, "The key");
      case ApiKeys.Refusal.TooMany(long resetSeconds) ->
          throw Refused.of(429, "Rate limit reached for this key.")
              .coded("rate_limit_exceeded")
              .with("retry-after", Long.toString(resetSeconds));
    }
  }

  /** In whichever field; empty: none. */
  private static String key(Call call) {
    String bearer = call.header("authorization").orElse("");
    return Stream.of("x-api-key", "api-key", "x-goog-api-key")
        .flatMap(name -> call.header(name).stream())
        .findFirst()
        .orElse(bearer.startsWith("Bearer ") ? bearer.substring("Bearer ".length()) : "");
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
