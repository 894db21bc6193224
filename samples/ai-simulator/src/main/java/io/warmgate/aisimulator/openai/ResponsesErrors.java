package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import java.util.Map;

/** OpenAI's way of speaking but for errors inside streams of Responses, which are events. */
record ResponsesErrors(Dialect outer) implements Dialect {
  @Override
  public Answer answer(Call call) throws Refused {
    return outer.answer(call);
  }

  @Override
  public JsonNode error(Refused refused) {
    return outer.error(refused);
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    String data =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "error")
            .put("code", refused.code() == null ? "server_error" : refused.code())
            .put("message", refused.message())
            .put("param", refused.param())
            .put("sequence_number", 0)
            .toString();
    return new ServerEvent("error", data, ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Map<String, String> limits(RateStanding standing) {
    return outer.limits(standing);
  }
}
