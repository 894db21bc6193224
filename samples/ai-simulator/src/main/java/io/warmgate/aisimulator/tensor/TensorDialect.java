package io.warmgate.aisimulator.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import io.warmgate.aisimulator.shape.Fault;
import java.util.Map;
import java.util.function.Supplier;

/** What both APIs share: no credentials, no streams, and {@code {"error": "…"}}. */
abstract sealed class TensorDialect implements Dialect
    permits OpenInferenceDialect, TensorFlowServingDialect {

  @Override
  public JsonNode error(Refused refused) {
    return JsonNodeFactory.instance.objectNode().put("error", refused.message());
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    return new ServerEvent("", error(refused).toString(), ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Map<String, String> limits(RateStanding standing) {
    return Map.of();
  }

  /** What the model answers, if it is to answer. */
  Answer infer(TensorModel model, Supplier<JsonNode> body) throws Refused {
    return new Desk(this)
        .serve(
            model.model(),
            Desk.Mode.WHOLE,
            (by, headers) -> new Answer.Whole(200, headers, body.get(), by));
  }

  static Answer whole(JsonNode body) {
    return new Answer.Whole(200, Map.of(), body, null);
  }

  /** A request's fault in words. */
  static Refused say(Fault fault) {
    String at = fault.at().bracketed();
    return Refused.of(
        400,
        switch (fault.kind()) {
          case UNKNOWN -> "unexpected field '%s'".formatted(at);
          case MISSING -> "missing field '%s'".formatted(at);
          case RULE -> "'%s': %s".formatted(at, fault.expected());
          case TYPE, VALUE, BELOW, ABOVE ->
              "'%s': expected %s, got %s".formatted(at, fault.expected(), fault.actual());
        });
  }
}
