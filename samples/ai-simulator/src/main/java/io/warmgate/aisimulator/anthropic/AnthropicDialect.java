package io.warmgate.aisimulator.anthropic;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Anthropic's API: {@code /v1/messages}, and {@code /v1/models} in its form. */
public final class AnthropicDialect implements Dialect {
  /**
   * The one that is documented, and the one that anthropic-java 3.14 names; both read alike here.
   */
  private static final Set<String> VERSIONS = Set.of("2023-06-01", "2026-10-21");

  private final Set<String> keys;
  private final Sequence sequence = new Sequence();
  private final Messages messages;
  private final AnthropicModels models;

  /**
   * The API.
   *
   * @param keys the API keys that are accepted
   */
  public AnthropicDialect(Set<String> keys, ServedModels models) {
    this.keys = Set.copyOf(keys);
    this.messages = new Messages(this, models, sequence);
    this.models = new AnthropicModels(models);
  }

  @Override
  public Answer answer(Call call) throws Refused {
    authenticate(call);
    try {
      String asked = call.method() + " " + call.path();
      return switch (asked) {
        case "POST /v1/messages" -> messages.answer(call.json());
        case "GET /v1/models" -> models.all();
        default -> {
          if (asked.startsWith("GET /v1/models/")) {
            yield models.one(call.path().substring("/v1/models/".length()));
          }
          throw Refused.of(404, "Not found: " + asked);
        }
      };
    } catch (Fault fault) {
      throw AnthropicFaults.say(fault);
    }
  }

  /** The SDKs of before send the key as x-api-key, those since 3.0 as a bearer token. */
  private void authenticate(Call call) throws Refused {
    String bearer = call.header("authorization").orElse("");
    String key =
        call.header("x-api-key")
            .orElse(bearer.startsWith("Bearer ") ? bearer.substring("Bearer ".length()) : "");
    if (key.isEmpty()) {
      throw Refused.of(401, "x-api-key header is required");
    }
    if (!keys.contains(key)) {
      throw Refused.of(401, "invalid x-api-key");
    }
    String version = call.header("anthropic-version").orElse("");
    if (version.isEmpty()) {
      throw Refused.of(400, "anthropic-version: header is required");
    }
    if (!VERSIONS.contains(version)) {
      throw Refused.of(400, "anthropic-version: \"%s\" is not a valid version".formatted(version));
    }
  }

  @Override
  public ObjectNode error(Refused refused) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("type", "error");
    root.putObject("error")
        .put("type", refused.type() == null ? typeOf(refused.status()) : refused.type())
        .put("message", refused.message());
    return root.put("request_id", sequence.next("req_"));
  }

  private static String typeOf(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 529 -> "overloaded_error";
      default -> status >= 500 ? "api_error" : "invalid_request_error";
    };
  }

  @Override
  public ServerEvent errorEvent(Refused refused) {
    JsonNode error = error(refused);
    return new ServerEvent("error", error.toString(), ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Map<String, String> limits(RateStanding standing) {
    var fields = new LinkedHashMap<String, String>();
    String reset = standing.reset().toString();
    put(fields, "requests", standing.limit().requests(), standing.requestsLeft(), reset);
    put(fields, "tokens", standing.limit().tokens(), standing.tokensLeft(), reset);
    return fields;
  }

  private static void put(
      Map<String, String> fields, String what, int limit, int left, String reset) {
    if (limit > 0) {
      String name = "anthropic-ratelimit-" + what;
      fields.put(name + "-limit", Integer.toString(limit));
      fields.put(name + "-remaining", Integer.toString(Math.max(0, left)));
      fields.put(name + "-reset", reset);
    }
  }
}
