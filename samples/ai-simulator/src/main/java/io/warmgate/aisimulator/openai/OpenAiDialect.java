package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.Sequence;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** OpenAI's API under {@code /v1}. */
public final class OpenAiDialect implements Dialect {
  private static final String MODELS = "/v1/models";
  private final Set<String> keys;
  private final ChatCompletions chat;
  private final Responses responses;
  private final Embeddings embeddings;
  private final ModelList models;

  /**
   * The API.
   *
   * @param keys the API keys that are accepted
   */
  public OpenAiDialect(Set<String> keys, ServedModels models, InstantSource clock) {
    this.keys = Set.copyOf(keys);
    var sequence = new Sequence();
    this.chat = new ChatCompletions(this, models, sequence, clock);
    this.responses = new Responses(this, models, sequence, clock);
    this.embeddings = new Embeddings(this, models);
    this.models = new ModelList(models);
  }

  @Override
  public Answer answer(Call call) throws Refused {
    authenticate(call);
    try {
      return route(call);
    } catch (Fault fault) {
      throw OpenAiFaults.say(fault);
    }
  }

  private Answer route(Call call) throws Refused, Fault {
    String asked = call.method() + " " + call.path();
    return switch (asked) {
      case "POST /v1/chat/completions" -> chat.answer(call.json());
      case "POST /v1/responses" -> responses.answer(call.json());
      case "POST /v1/embeddings" -> embeddings.answer(call.json());
      case "GET " + MODELS -> models.all();
      default -> {
        if (asked.startsWith("GET " + MODELS + "/")) {
          yield models.one(call.path().substring(MODELS.length() + 1));
        }
        throw Refused.of(404, "Invalid URL (%s)".formatted(asked));
      }
    };
  }

  private void authenticate(Call call) throws Refused {
    String given = call.header("authorization").orElse("");
    if (!given.startsWith("Bearer ") || given.length() == "Bearer ".length()) {
      throw Refused.of(
          401,
          "You didn't provide an API key. It goes into the field Authorization, as \"Bearer"
              + " KEY\".");
    }
    if (!keys.contains(given.substring("Bearer ".length()))) {
      throw Refused.of(401, "Incorrect API key provided.").coded("invalid_api_key");
    }
  }

  @Override
  public ObjectNode error(Refused refused) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("error")
        .put("message", refused.message())
        .put("type", refused.type() == null ? typeOf(refused.status()) : refused.type())
        .put("param", refused.param())
        .put("code", refused.code());
    return root;
  }

  private static String typeOf(int status) {
    return switch (status) {
      case 403 -> "insufficient_permissions";
      case 429 -> "rate_limit_error";
      default -> status >= 500 ? "server_error" : "invalid_request_error";
    };
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    JsonNode error = error(refused);
    return new ServerEvent("", error.toString(), ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Map<String, String> limits(RateStanding standing) {
    var fields = new LinkedHashMap<String, String>();
    String reset = standing.resetSeconds() + "s";
    put(fields, "requests", standing.limit().requests(), standing.requestsLeft(), reset);
    put(fields, "tokens", standing.limit().tokens(), standing.tokensLeft(), reset);
    return fields;
  }

  private static void put(
      Map<String, String> fields, String what, int limit, int left, String reset) {
    if (limit > 0) {
      fields.put("x-ratelimit-limit-" + what, Integer.toString(limit));
      fields.put("x-ratelimit-remaining-" + what, Integer.toString(Math.max(0, left)));
      fields.put("x-ratelimit-reset-" + what, reset);
    }
  }
}
