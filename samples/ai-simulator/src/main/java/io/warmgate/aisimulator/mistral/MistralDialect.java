package io.warmgate.aisimulator.mistral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Mistral's API under {@code /mistral/v1}; by its own name it would be under {@code /v1}. */
public final class MistralDialect implements Dialect {
  /** What its paths begin with. */
  public static final String BASE = "/mistral/";

  private final Set<String> keys;
  private final Dialect openAi;

  /**
   * The API.
   *
   * @param keys the API keys that are accepted
   * @param openAi what answers, once asked in its words; it knows the same keys
   */
  public MistralDialect(Set<String> keys, Dialect openAi) {
    this.keys = Set.copyOf(keys);
    this.openAi = openAi;
  }

  @Override
  public Answer answer(Call call) throws Refused {
    String bearer = call.header("authorization").orElse("");
    if (!bearer.startsWith("Bearer ") || !keys.contains(bearer.substring("Bearer ".length()))) {
      throw Refused.of(401, "Unauthorized");
    }
    try {
      return switch (call.method() + " " + call.path()) {
        case "POST /mistral/v1/chat/completions" -> chat(call, bearer);
        case "POST /mistral/v1/embeddings" -> embeddings(call, bearer);
        case "GET /mistral/v1/models" ->
            openAi.answer(
                new Call("GET", "/v1/models", "", Map.of("authorization", bearer), new byte[0]));
        default -> throw Refused.of(404, "no Route matched with those values");
      };
    } catch (Fault fault) {
      throw MistralFaults.say(fault);
    }
  }

  private Answer chat(Call call, String bearer) throws Refused, Fault {
    ObjectNode request = call.json();
    MistralShape.REQUEST.check(request, FieldPath.ROOT);
    Answer answer = behind("/v1/chat/completions", bearer, MistralWords.toOpenAi(request));
    boolean stream = request.path("stream").asBoolean();
    return answer instanceof Answer.Whole whole && whole.body().has("choices")
        ? MistralWords.fromOpenAi(whole, stream, errorEvent(Refused.of(500, "The model failed.")))
        : answer;
  }

  private Answer embeddings(Call call, String bearer) throws Refused, Fault {
    ObjectNode request = call.json();
    MistralShape.EMBEDDINGS.check(request, FieldPath.ROOT);
    ObjectNode asked = request.deepCopy();
    asked.remove("output_dimension");
    if (request.has("output_dimension")) {
      asked.set("dimensions", request.path("output_dimension"));
    }
    return behind("/v1/embeddings", bearer, asked);
  }

  private Answer behind(String path, String bearer, JsonNode asked) throws Refused {
    byte[] body = asked.toString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        Map.of("authorization", bearer, "content-type", "application/json");
    return openAi.answer(new Call("POST", path, "", headers, body));
  }

  /** What is wrong with a request has its places; all else is words. */
  @Override
  public ObjectNode error(Refused refused) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (refused.status() == 401) {
      return root.put("detail", refused.message());
    }
    root.put("object", "error");
    if (refused.status() == 422) {
      ObjectNode detail = root.putObject("message").putArray("detail").addObject();
      ArrayNode place = detail.put("type", refused.type()).putArray("loc").add("body");
      for (String step : String.valueOf(refused.param()).split("\\.", -1)) {
        place.add(step);
      }
      detail.put("msg", refused.message());
      return root.put("type", "invalid_request_error").putNull("param").putNull("code");
    }
    return root.put("message", refused.message())
        .put("type", refused.type() == null ? type(refused) : refused.type())
        .putNull("param")
        .put("code", code(refused));
  }

  private static String type(Refused refused) {
    return switch (refused.status()) {
      case 404 -> "invalid_model";
      case 429 -> "rate_limited";
      default -> refused.status() >= 500 ? "internal_server_error" : "invalid_request_error";
    };
  }

  private static String code(Refused refused) {
    return switch (refused.status()) {
      case 404 -> "1500";
      case 429 -> "1300";
      default -> refused.status() >= 500 ? "3000" : "3051";
    };
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    return new ServerEvent("", error(refused).toString(), ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Map<String, String> limits(RateStanding standing) {
    return openAi.limits(standing);
  }
}
